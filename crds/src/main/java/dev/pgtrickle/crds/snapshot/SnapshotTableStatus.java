package dev.pgtrickle.crds.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** What was copied of one table. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SnapshotTableStatus(
    @Description("The StreamTable.") @Nullable String name,
    @Description("Name of the archive.") @Nullable String archive,
    @Description("Rows of the archive.") @Nullable Long rows,
    @Description("Bytes of the archive.") @Nullable Long bytes,
    @Description("Hash of the rows.") @Nullable String contentHash,
    @Description("Hash of the canonical query.") @Nullable String queryHash,
    @Description("Hash of names and types of the columns.") @Nullable String columnsHash,
    @Description("The point in time that the archive shows, as a PostgreSQL snapshot.")
        @Nullable String frontier) {}
