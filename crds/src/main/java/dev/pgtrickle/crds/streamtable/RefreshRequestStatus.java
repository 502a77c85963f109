package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import org.jspecify.annotations.Nullable;

/** What became of the last refresh that was asked for by annotation. */
@Atomic
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RefreshRequestStatus(
    @Description("The value of the annotation that is meant.") @Nullable String token,
    @Description("Accepted, Running, Succeeded or Failed.") @Nullable String state,
    @Description("Differential or Full.") @Nullable String mode,
    @Description("When it ended.") @Nullable Timestamp finishedAt,
    @Description("Why it failed.") @Nullable String message) {}
