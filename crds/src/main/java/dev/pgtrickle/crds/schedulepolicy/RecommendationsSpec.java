package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.Range;
import org.jspecify.annotations.Nullable;

/** What is done with what the figures speak for. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RecommendationsSpec(
    @Description(
            "Advise shows it in status; AutoApply also does it, for fields "
                + "that the user left unset.")
        @Nullable RecommendationMode mode,
    @Range(min = 1, max = 100_000)
        @Description("Refreshes that are needed before anything is recommended.")
        @Nullable Integer minSamples,
    @DurationBetween(least = "1s", greatest = "24h")
        @Description("Shortest time between two warnings about one table.")
        @Nullable String alertCooldown) {}
