package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.DurationRule;
import dev.pgtrickle.crds.schema.Range;
import dev.pgtrickle.crds.schema.Rule;
import org.jspecify.annotations.Nullable;

/** How failed refreshes are repeated. */
@Rule(
    value =
        "!has(self.initialDelay) || !has(self.maxDelay) || !self.initialDelay.matches("
            + DurationRule.CEL
            + ") || !self.maxDelay.matches("
            + DurationRule.CEL
            + ") || duration(self.initialDelay) <= duration(self.maxDelay)",
    message = "maxDelay is shorter than initialDelay: make it as long or longer",
    field = ".maxDelay")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RetrySpec(
    @DurationBetween(least = "100ms", greatest = "1h")
        @Description("Delay before the first retry; it doubles from there on.")
        @Nullable String initialDelay,
    @DurationBetween(least = "1s", greatest = "24h") @Description("Longest delay between retries.")
        @Nullable String maxDelay,
    @Range(min = 1, max = 1000)
        @Description(
            "Failures in a row, not counting transient ones, after which a "
                + "table stops; without it never.")
        @Nullable Integer suspendAfterFailures) {}
