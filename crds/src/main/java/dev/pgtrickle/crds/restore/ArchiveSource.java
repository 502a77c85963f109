package dev.pgtrickle.crds.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.PostgresName;
import dev.pgtrickle.crds.schema.Required;
import dev.pgtrickle.crds.schema.Rule;
import dev.pgtrickle.crds.streamtable.NamedReference;
import org.jspecify.annotations.Nullable;

/** Archives whose Snapshot is not in this Kubernetes any more. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ArchiveSource(
    @Required
        @Description("Cluster of CloudNativePG in the same namespace that holds the archives.")
        @Nullable NamedReference cluster,
    @Required
        @PostgresName
        @Rule(
            value = "!(self in ['template0', 'template1'])",
            message = "template0 and template1 can't hold archives: name another database")
        @Description("Database of that cluster.")
        @Nullable String database) {}
