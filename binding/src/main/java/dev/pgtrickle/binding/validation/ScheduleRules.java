package dev.pgtrickle.binding.validation;

import dev.pgtrickle.binding.problem.FieldPath;
import dev.pgtrickle.crds.streamtable.ScheduleSpec;
import dev.pgtrickle.crds.streamtable.ServiceLevel;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** When the table is due, and what is promised about its freshness. */
final class ScheduleRules implements Rules {
  private static final FieldPath SCHEDULE = FieldPath.of("spec", "schedule");
  private static final FieldPath STALENESS = FieldPath.of("spec", "sla", "maxStaleness");
  private static final String LEAST = "1s";
  private static final String GREATEST = "720h";

  @Override
  public void check(StreamTable table, StreamTableSpec spec, Problems problems) {
    Optional<Duration> every = Optional.empty();
    ScheduleSpec schedule = spec.schedule();
    if (schedule != null) {
      checkExactlyOne(schedule, problems);
      if (schedule.cron() != null) {
        CronTexts.check(SCHEDULE.field("cron"), schedule.cron(), problems);
      }
      if (schedule.every() != null) {
        every =
            Durations.check(SCHEDULE.field("every"), schedule.every(), LEAST, GREATEST, problems);
      }
    }
    ServiceLevel level = spec.sla();
    if (level != null && level.maxStaleness() != null) {
      Optional<Duration> promise =
          Durations.check(STALENESS, level.maxStaleness(), LEAST, GREATEST, problems);
      if (promise.isPresent() && every.isPresent() && promise.get().compareTo(every.get()) < 0) {
        problems.invalid(
            STALENESS,
            "shorter than schedule.every: it can't be kept",
            "promise no less than schedule.every");
      }
    }
  }

  private static void checkExactlyOne(ScheduleSpec schedule, Problems problems) {
    long set =
        Stream.of(
                schedule.every(),
                schedule.cron(),
                schedule.calculated(),
                schedule.onChange(),
                schedule.manual())
            .filter(Objects::nonNull)
            .count();
    if (set != 1) {
      problems.invalid(
          SCHEDULE,
          set == 0 ? "the schedule is empty" : set + " schedules at once",
          "set exactly one of every, cron, calculated, onChange or manual");
    }
  }
}
