package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** How the last refresh went. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LastRefreshStatus(
    @Description("When it ended.") @Nullable Timestamp time,
    @Description("Differential or Full.") @Nullable String mode,
    @Description("Why that mode.") @Nullable String reason,
    @Description("What set it off, for example Schedule or Request.") @Nullable String trigger,
    @Description("How long it took, in milliseconds.") @Nullable Long durationMillis,
    @Description("Rows that came.") @Nullable Long rowsInserted,
    @Description("Rows that changed.") @Nullable Long rowsUpdated,
    @Description("Rows that went.") @Nullable Long rowsDeleted,
    @Description("Succeeded or Failed.") @Nullable String result) {}
