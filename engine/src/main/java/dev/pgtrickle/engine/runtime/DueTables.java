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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tables are due, and what has to be refreshed with them, oldest first; when to look again.
 */
final class DueTables {
  /**
   * A table without captured changes is looked at this often all the same: only the fingerprint of
   * a refresh (P7) sees a change that was never captured.
   */
  private static final Duration WATCH_EVERY = Duration.ofSeconds(60);

  private final DueRule rule = new DueRule();

  /** What to do now, and when something becomes due by time alone. */
  record Agenda(List<DueUnit> due, Optional<Instant> nextLook) {}

  /**
   * @param idle the tables that nobody refreshes right now
   * @param graph of all tables
   * @param changedVersions that have changes which they did not read yet
   */
  Agenda decide(List<TableState> idle, TableGraph graph, Set<Long> changedVersions, Instant now) {
    Set<TableState> free = new HashSet<>(idle);
    List<TableState> due = new ArrayList<>();
    Earliest nextLook = new Earliest();
    for (TableState state : idle) {
      Pending pending =
          hasChanges(state, graph, changedVersions) ? Pending.CHANGES : Pending.NOTHING;
      switch (decide(state, pending, now)) {
        case DueDecision.Due yes -> due.add(state);
        case DueDecision.OnEvent never -> {}
        case DueDecision.NotBefore later -> nextLook.add(later.time());
      }
    }
    due.sort(Comparator.comparing(state -> state.clock().lastCurrent().orElse(Instant.MIN)));
    Set<TableState> dueTables = Set.copyOf(due);
    List<DueUnit> units = new ArrayList<>();
    for (List<TableState> unit : graph.units(due)) {
      // One that is being refreshed is waited for: whoever refreshes it ends soon.
      if (free.containsAll(unit)) {
        Optional<Instant> wait = pulledNotBefore(unit, dueTables, now);
        wait.ifPresent(nextLook::add);
        if (wait.isEmpty()) {
          units.add(
              new DueUnit(
                  unit.stream()
                      .map(state -> new DueUnit.Member(state, cause(state, dueTables)))
                      .toList()));
        }
      }
    }
    return new Agenda(units, nextLook.time());
  }

  /** The least of some times. */
  private static final class Earliest {
    private @Nullable Instant time;

    void add(Instant other) {
      if (time == null || other.isBefore(time)) {
        time = other;
      }
    }

    Optional<Instant> time() {
      return Optional.ofNullable(time);
    }
  }

  /** What a table reads is refreshed with it, so the changes of that are its own. */
  private static boolean hasChanges(TableState state, TableGraph graph, Set<Long> changedVersions) {
    return graph.withPulled(state).stream()
        .anyMatch(read -> changedVersions.contains(read.table().version().id()));
  }

  /** Until when a unit waits for a member that failed and is not due yet. */
  private static Optional<Instant> pulledNotBefore(
      List<TableState> unit, Set<TableState> due, Instant now) {
    return unit.stream()
        .filter(state -> !due.contains(state))
        .flatMap(state -> state.clock().retryAt().stream())
        .filter(time -> time.isAfter(now))
        .max(Comparator.naturalOrder());
  }

  private DueDecision decide(TableState state, Pending pending, Instant now) {
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
  private static RefreshOrder.Cause cause(TableState state, Set<TableState> due) {
    if (!due.contains(state)) {
      return RefreshOrder.Cause.PULLED;
    }
    if (state.clock().retryAt().isPresent()) {
      return RefreshOrder.Cause.RETRY;
    }
    return state.table().definition().schedule() instanceof Schedule.OnChange
        ? RefreshOrder.Cause.ON_CHANGE
        : RefreshOrder.Cause.SCHEDULE;
  }
}
