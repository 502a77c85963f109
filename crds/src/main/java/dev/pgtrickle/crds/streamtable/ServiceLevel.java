package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import org.jspecify.annotations.Nullable;

/** The promise of freshness. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServiceLevel(
    @DurationBetween(least = "1s", greatest = "720h")
        @Description(
            "How old the result may get before condition Fresh turns False, for example 60s.")
        @Nullable String maxStaleness) {}
