package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Bounds of the table and its refreshes. Sizes are Kubernetes quantities, durations ms|s|m|h. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LimitsSpec(
    @Nullable Long maxRows,
    @Nullable IntOrString maxBytes,
    @Nullable Long maxBufferedChanges,
    @Nullable String refreshTimeout,
    @Nullable String lockTimeout,
    @Nullable IntOrString workMem,
    @Nullable Long mergeBatchSize) {}
