package dev.pgtrickle.crds.streamtable;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** When the table is due: exactly one of these is set. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ScheduleSpec(
    @Nullable String every,
    @Nullable CronSchedule cron,
    @Nullable Marker calculated,
    @Nullable Marker onChange,
    @Nullable Marker manual) {}
