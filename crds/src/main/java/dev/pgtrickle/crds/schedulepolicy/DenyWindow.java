package dev.pgtrickle.crds.schedulepolicy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.CronText;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.Required;
import dev.pgtrickle.crds.schema.TimeZoneText;
import org.jspecify.annotations.Nullable;

/** A time in which no refresh begins. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DenyWindow(
    @Required
        @CronText
        @Description("When the window begins: minute, hour, day of month, month, day of week.")
        @Nullable String cron,
    @Required
        @DurationBetween(least = "1m", greatest = "168h")
        @Description("How long it lasts, for example 2h.")
        @Nullable String duration,
    @TimeZoneText @Description("IANA name of the time zone; without it UTC.")
        @Nullable String timeZone) {}
