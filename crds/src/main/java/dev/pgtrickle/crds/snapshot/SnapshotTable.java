package dev.pgtrickle.crds.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.ObjectName;
import dev.pgtrickle.crds.schema.PostgresName;
import dev.pgtrickle.crds.schema.Required;
import org.jspecify.annotations.Nullable;

/** A table to copy. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SnapshotTable(
    @Required @ObjectName @Description("StreamTable in the same namespace.") @Nullable String name,
    @PostgresName
        @Description(
            "Name of the archive; without it one is made from the names of "
                + "the Snapshot and the table.")
        @Nullable String archive) {}
