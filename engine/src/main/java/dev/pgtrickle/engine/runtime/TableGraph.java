package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.refresh.MaintainedSource;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which of the tables of a worker read which others (P11). A refresh pulls the tables that it
 * reads, since a schedule is a promise of freshness and not a rate limit; but not those that a
 * person has stopped, and not one that is computed as a whole before its time.
 */
final class TableGraph {
  private final Map<TableState, List<TableState>> read = new HashMap<>();

  TableGraph(Collection<TableState> states) {
    Map<QualifiedName, TableState> byStorage = new HashMap<>();
    states.forEach(state -> byStorage.put(state.table().version().storage(), state));
    for (TableState state : states) {
      read.put(
          state,
          state.table().sources().stream()
              .map(MaintainedSource::requirement)
              .filter(source -> source.streamTable().isPresent())
              .map(source -> byStorage.get(source.name()))
              .filter(Objects::nonNull)
              .toList());
    }
  }

  /** The tables that are refreshed with a table, itself included, in no order. */
  Set<TableState> withPulled(TableState state) {
    Set<TableState> found = new LinkedHashSet<>();
    addWithUpstreams(state, Set.of(), found);
    return found;
  }

  private static boolean isPulled(TableState state) {
    MaintainedTable table = state.table();
    return state.phase() != TableState.Phase.STALLED
        && table.definition().activity() != StreamTableDefinition.Activity.SUSPENDED
        && table.definition().mode() != RefreshMode.FULL
        && !table.plan().isFullOnly();
  }

  /**
   * Tables that have to be refreshed together, each after those that it reads: what is due, and
   * what it pulls, as far as it hangs together.
   *
   * @param due in the order in which they should begin
   */
  List<List<TableState>> units(List<TableState> due) {
    Set<TableState> dueTables = new LinkedHashSet<>(due);
    List<Set<TableState>> units = new ArrayList<>();
    for (TableState state : due) {
      Set<TableState> unit = new LinkedHashSet<>();
      addWithUpstreams(state, dueTables, unit);
      List<Set<TableState>> joined =
          units.stream().filter(other -> other.stream().anyMatch(unit::contains)).toList();
      if (joined.isEmpty()) {
        units.add(unit);
      } else {
        Set<TableState> first = joined.getFirst();
        joined.stream().skip(1).forEach(first::addAll);
        first.addAll(unit);
        units.removeAll(joined.subList(1, joined.size()));
      }
    }
    return units.stream().map(unit -> inOrder(unit)).toList();
  }

  /** One that is due itself is refreshed whatever it is. */
  private void addWithUpstreams(TableState state, Set<TableState> due, Set<TableState> unit) {
    if (unit.add(state)) {
      for (TableState upstream : read.getOrDefault(state, List.of())) {
        if (isPulled(upstream) || due.contains(upstream)) {
          addWithUpstreams(upstream, due, unit);
        }
      }
    }
  }

  private List<TableState> inOrder(Set<TableState> unit) {
    Set<TableState> begun = new HashSet<>();
    List<TableState> ordered = new ArrayList<>();
    unit.forEach(state -> addInOrder(state, unit, begun, ordered));
    return List.copyOf(ordered);
  }

  private void addInOrder(
      TableState state, Set<TableState> unit, Set<TableState> begun, List<TableState> ordered) {
    if (unit.contains(state) && begun.add(state)) {
      read.getOrDefault(state, List.of())
          .forEach(upstream -> addInOrder(upstream, unit, begun, ordered));
      ordered.add(state);
    }
  }
}
