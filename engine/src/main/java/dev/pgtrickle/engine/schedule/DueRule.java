package dev.pgtrickle.engine.schedule;

import dev.pgtrickle.engine.definition.Schedule;
import java.time.Instant;

/** When a table is due: pure, so that time can be anything in a test. */
public final class DueRule {

  public DueDecision decide(Schedule schedule, TableClock clock, Pending pending, Instant now) {
    if (clock.retryAt().isPresent()) {
      Instant retryAt = clock.retryAt().get();
      return retryAt.isAfter(now) ? new DueDecision.NotBefore(retryAt) : new DueDecision.Due();
    }
    return switch (schedule) {
      case Schedule.Manual manual -> new DueDecision.OnEvent();
      case Schedule.OnChange onChange ->
          pending == Pending.CHANGES ? new DueDecision.Due() : new DueDecision.OnEvent();
      case Schedule.Every every -> {
        if (clock.lastCurrent().isEmpty()) {
          yield new DueDecision.Due();
        }
        Instant next = clock.lastCurrent().get().plus(every.interval());
        yield next.isAfter(now) ? new DueDecision.NotBefore(next) : new DueDecision.Due();
      }
    };
  }
}
