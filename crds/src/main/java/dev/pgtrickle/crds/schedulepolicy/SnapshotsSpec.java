package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.CronText;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.Range;
import dev.pgtrickle.crds.schema.Required;
import dev.pgtrickle.crds.schema.TimeZoneText;
import org.jspecify.annotations.Nullable;

/** Snapshots that the policy takes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SnapshotsSpec(
    @Required @CronText @Description("When: minute, hour, day of month, month, day of week.")
        @Nullable String cron,
    @TimeZoneText @Description("IANA name of the time zone; without it UTC.")
        @Nullable String timeZone,
    @Range(min = 1, max = 1000) @Description("How many are kept at least.")
        @Nullable Integer keepLast,
    @DurationBetween(least = "1h", greatest = "87600h")
        @Description("How long they are kept at least, for example 720h.")
        @Nullable String keepFor) {}
