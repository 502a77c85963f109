package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** A Snapshot to begin with. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SnapshotReference(
    @Required
        @Description(
            "Snapshot in the same namespace. Missing for ten minutes, the "
                + "table is loaded from its query.")
        @Nullable NamedReference snapshotRef) {}
