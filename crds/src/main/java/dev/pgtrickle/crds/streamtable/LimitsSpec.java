package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.ByteSize;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.Range;
import org.jspecify.annotations.Nullable;

/** Bounds of the table and its refreshes. Sizes are Kubernetes quantities, durations ms|s|m|h. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LimitsSpec(
    @Range(min = 1) @Description("Most rows that the result may have.") @Nullable Long maxRows,
    @ByteSize(least = "1", greatest = "1Ei")
        @Description("Most bytes that the result may take, for example 20Gi.")
        @Nullable IntOrString maxBytes,
    @Range(min = 1)
        @Description("Changes that may wait for this table before it stops with FuseBlown.")
        @Nullable Long maxBufferedChanges,
    @DurationBetween(least = "1s", greatest = "24h")
        @Description("Longest time that a refresh may take, for example 10m.")
        @Nullable String refreshTimeout,
    @DurationBetween(least = "10ms", greatest = "500ms")
        @Description(
            "Longest time that a refresh waits for a lock, and so makes "
                + "others wait behind it; at most 500ms.")
        @Nullable String lockTimeout,
    @ByteSize(least = "64Ki", greatest = "2147483647Ki")
        @Description("work_mem of a refresh, for example 64Mi.")
        @Nullable IntOrString workMem,
    @Range(min = 1000, max = 10_000_000)
        @Description(
            "Rows that are applied at once; smaller batches need less memory and more time.")
        @Nullable Long mergeBatchSize) {}
