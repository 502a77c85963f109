package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** Which database this is, so that a copy of it can be told from it. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DatabaseStatus(
    @Description("System identifier of the PostgreSQL cluster.") @Nullable String systemId,
    @Description("Timeline of the primary.") @Nullable Long timeline,
    @Description("Major version of PostgreSQL.") @Nullable Integer majorVersion,
    @Description("Identity of the data; a restored copy of the server keeps it.")
        @Nullable String lineage,
    @Description("How often the transaction ids have begun anew.") @Nullable Long incarnation) {}
