package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The tables that a worker keeps, and which of them are being refreshed. */
final class TableBook {
  private final Map<Long, TableState> tables = new ConcurrentSkipListMap<>();
  private final Set<TableState> running = new HashSet<>();

  void put(TableState state) {
    tables.put(state.table().streamTableId(), state);
  }

  Optional<TableState> find(long streamTableId) {
    return Optional.ofNullable(tables.get(streamTableId));
  }

  /** Those that nobody refreshes right now. */
  synchronized List<TableState> all() {
    List<TableState> idle = new ArrayList<>(tables.values());
    idle.removeAll(running);
    return idle;
  }

  /** Which of all tables reads which. */
  TableGraph graph() {
    return new TableGraph(List.copyOf(tables.values()));
  }

  /** The storage versions that read one of the sources. */
  List<Long> readersOf(Set<Long> sourceIds) {
    return tablesOf(sourceIds).stream().map(table -> table.version().id()).toList();
  }

  /** The tables that read one of the sources. */
  List<MaintainedTable> tablesOf(Set<Long> sourceIds) {
    return tables.values().stream()
        .map(TableState::table)
        .filter(table ->
            table.sources().stream()
                .anyMatch(source -> sourceIds.contains(source.window().sourceId())))
        .toList();
  }

  /** Whether changes make any of them due: the others are refreshed by the clock or on request. */
  boolean followsChanges() {
    return tables.values().stream()
        .anyMatch(state -> state.table().definition().schedule() instanceof Schedule.OnChange);
  }

  synchronized void claim(Collection<TableState> unit) {
    running.addAll(unit);
  }

  synchronized void release(Collection<TableState> unit) {
    unit.forEach(running::remove);
  }

  synchronized boolean isRunning(long streamTableId) {
    return running.stream().anyMatch(state -> state.table().streamTableId() == streamTableId);
  }

  /** Not to be refreshed any more, or not as it is now. */
  Optional<TableState> remove(long streamTableId) {
    return Optional.ofNullable(tables.remove(streamTableId));
  }
}
