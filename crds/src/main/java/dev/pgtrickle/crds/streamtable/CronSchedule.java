package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.CronText;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.Required;
import dev.pgtrickle.crds.schema.TimeZoneText;
import org.jspecify.annotations.Nullable;

/** Five fields and an IANA time zone. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CronSchedule(
    @Required
        @CronText
        @Description(
            "Minute, hour, day of month, month, day of week, for example \"0 2 * * "
                + "1-5\"; no seconds field and no macros.")
        @Nullable String expression,
    @TimeZoneText
        @Description("IANA name of the time zone, for example Europe/Berlin; without it UTC.")
        @Nullable String timeZone) {}
