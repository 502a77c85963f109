package dev.pgtrickle.crds.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** Where the rows come from. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OriginStatus(
    @Description("System identifier of the PostgreSQL cluster.") @Nullable String systemId,
    @Description("Timeline of the primary.") @Nullable Long timeline,
    @Description("Identity of the data.") @Nullable String lineage,
    @Description("How often the transaction ids had begun anew.") @Nullable Long incarnation,
    @Description("Major version of PostgreSQL.") @Nullable Integer majorVersion,
    @Description("Name of the Cluster.") @Nullable String cluster) {}
