package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.Range;
import org.jspecify.annotations.Nullable;

/** What the tables of one database that follow this policy share. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PoolSpec(
    @Range(min = 1, max = 1000) @Description("Most refreshes at the same time.")
        @Nullable Integer maxConcurrentRefreshes,
    @DurationBetween(least = "1ms", greatest = "64s")
        @Description("Worker time per second, for example 500ms.")
        @Nullable String refreshBudget,
    @Range(min = 1, max = 1000) @Description("Share of the workers against other policies.")
        @Nullable Integer weight) {}
