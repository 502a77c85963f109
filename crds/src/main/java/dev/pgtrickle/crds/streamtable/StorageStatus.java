package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** How much there is. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StorageStatus(
    @Description("Rows of the result, as estimated by PostgreSQL.") @Nullable Long rows,
    @Description("Bytes of the result with its indexes.") @Nullable Long bytes,
    @Description("Recorded changes that are not applied yet.") @Nullable Long pendingChanges) {}
