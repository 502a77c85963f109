package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition.Activity;
import dev.pgtrickle.engine.refresh.RefreshOrder;
import dev.pgtrickle.engine.schedule.DueDecision;
import dev.pgtrickle.engine.schedule.DueRule;
import dev.pgtrickle.engine.schedule.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which tables are due, oldest first, and when to look again. */
final class DueTables {
  /**
   * A table without captured changes is looked at this often all the same: only the fingerprint of
   * a refresh (P7) sees a change that was never captured.
   */
  private static final Duration WATCH_EVERY = Duration.ofSeconds(60);

  private final DueRule rule = new DueRule();

  /** What to do now, and when something becomes due by time alone. */
  record Agenda(List<TableState> due, Optional<Instant> nextLook) {}

  Agenda decide(List<TableState> idle, Set<Long> changedVersions, Instant now) {
    List<TableState> due = new ArrayList<>();
    Instant nextLook = null;
    for (TableState state : idle) {
      DueDecision decision = decide(state, changedVersions, now);
      switch (decision) {
        case DueDecision.Due yes -> due.add(state);
        case DueDecision.OnEvent never -> {}
        case DueDecision.NotBefore later -> {
          if (nextLook == null || later.time().isBefore(nextLook)) {
            nextLook = later.time();
          }
        }
      }
    }
    due.sort((first, second) ->
        first
            .clock()
            .lastCurrent()
            .orElse(Instant.MIN)
            .compareTo(second.clock().lastCurrent().orElse(Instant.MIN)));
    return new Agenda(due, Optional.ofNullable(nextLook));
  }

  private DueDecision decide(TableState state, Set<Long> changedVersions, Instant now) {
    if (state.hasRequest(now)) {
      return new DueDecision.Due();
    }
    if (state.phase() == TableState.Phase.STALLED
        || state.table().definition().activity() == Activity.SUSPENDED) {
      return state
          .requestRetriedAt()
          .<DueDecision>map(DueDecision.NotBefore::new)
          .orElseGet(DueDecision.OnEvent::new);
    }
    Pending pending =
        changedVersions.contains(state.table().version().id()) ? Pending.CHANGES : Pending.NOTHING;
    Schedule schedule = state.table().definition().schedule();
    DueDecision decision = rule.decide(schedule, state.clock(), pending, now);
    return decision instanceof DueDecision.OnEvent && schedule instanceof Schedule.OnChange
        ? watch(state, now)
        : decision;
  }

  private static DueDecision watch(TableState state, Instant now) {
    Instant next = state.clock().lastCurrent().orElse(Instant.EPOCH).plus(WATCH_EVERY);
    return next.isAfter(now) ? new DueDecision.NotBefore(next) : new DueDecision.Due();
  }

  /** What history will call the trigger of a refresh that nobody asked for. */
  static RefreshOrder.Cause cause(TableState state) {
    if (state.clock().retryAt().isPresent()) {
      return RefreshOrder.Cause.RETRY;
    }
    return state.table().definition().schedule() instanceof Schedule.OnChange
        ? RefreshOrder.Cause.ON_CHANGE
        : RefreshOrder.Cause.SCHEDULE;
  }
}
