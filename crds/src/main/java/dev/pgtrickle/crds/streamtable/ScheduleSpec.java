package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pgtrickle.crds.schema.Atomic;
import dev.pgtrickle.crds.schema.Description;
import dev.pgtrickle.crds.schema.DurationBetween;
import dev.pgtrickle.crds.schema.Rule;
import org.jspecify.annotations.Nullable;

/** When the table is due: exactly one of these is set. */
@Atomic
@Rule(
    value =
        "(has(self.every) ? 1 : 0) + (has(self.cron) ? 1 : 0) + "
            + "(has(self.calculated) ? 1 : 0) + (has(self.onChange) ? 1 : 0) + "
            + "(has(self.manual) ? 1 : 0) == 1",
    message = "set exactly one of every, cron, calculated, onChange or manual")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScheduleSpec(
    @DurationBetween(least = "1s", greatest = "720h")
        @Description("Refresh in this interval, for example 30s, 5m or 720h.")
        @Nullable String every,
    @Description("Refresh at these times.") @Nullable CronSchedule cron,
    @Description("Refresh as often as the tightest of the tables that read this one.")
        @Nullable Marker calculated,
    @Description("Refresh as soon as a source has changed.") @Nullable Marker onChange,
    @Description("Refresh only when asked to.") @Nullable Marker manual) {}
