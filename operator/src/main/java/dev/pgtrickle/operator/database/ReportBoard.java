package dev.pgtrickle.operator.database;

import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.EngineEvent;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.operator.status.LagBucket;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Passes on what was read and heard, and wakes the resources for which it matters: everybody who
 * wants a relation looks again when something about it changes, but what it does is told of its
 * owner alone. Who waits for a relation of somebody else has no figures and no news of its own.
 */
final class ReportBoard {
  private final DatabaseKey key;
  private final TableSeats seats;
  private final DatabaseListener listener;
  private final Map<QualifiedName, ReportChange> shown = new HashMap<>();

  /** Whose each relation is; read by the threads of engines too. */
  private final Map<QualifiedName, TableId> owners = new ConcurrentHashMap<>();

  /** What was heard of relations that were not read yet. */
  private final Queue<EngineEvent> early = new ConcurrentLinkedQueue<>();

  ReportBoard(DatabaseKey key, TableSeats seats, DatabaseListener listener) {
    this.key = key;
    this.seats = seats;
    this.listener = listener;
  }

  /** What there is now. */
  void show(List<StreamTableReport> reports, Instant began) {
    seats.replaceReports(reports, began);
    for (StreamTableReport report : reports) {
      ReportChange before = shown.get(report.relation());
      ReportChange now =
          ReportChange.of(report, before == null ? Optional.<LagBucket>empty() : before.lag());
      shown.put(report.relation(), now);
      own(report);
      for (TableId table : seats.tablesOf(report.relation())) {
        if (isOwner(report.relation(), table)) {
          listener.read(key, table, report);
        }
        if (!now.equals(before)) {
          listener.changed(table);
        }
      }
    }
    vanished(reports);
    for (EngineEvent event = early.poll(); event != null; event = early.poll()) {
      tell(event);
    }
  }

  private void own(StreamTableReport report) {
    Origin owner = report.life().owner();
    TableId present = new TableId(owner.namespace(), owner.name());
    TableId former = owners.put(report.relation(), present);
    if (former != null && !former.equals(present)) {
      listener.left(key, former);
    }
  }

  private boolean isOwner(QualifiedName relation, TableId table) {
    return table.equals(owners.get(relation));
  }

  private void vanished(List<StreamTableReport> reports) {
    Set<QualifiedName> present =
        reports.stream().map(StreamTableReport::relation).collect(Collectors.toSet());
    Set<QualifiedName> gone =
        shown.keySet().stream()
            .filter(relation -> !present.contains(relation))
            .collect(Collectors.toSet());
    for (QualifiedName relation : gone) {
      shown.remove(relation);
      owners.remove(relation);
      seats.tablesOf(relation).forEach(listener::changed);
    }
  }

  /** An engine told something; what is not known to be anybody's yet waits until it was read. */
  void pass(EngineEvent event) {
    if (relation(event).filter(relation -> !owners.containsKey(relation)).isPresent()) {
      early.add(event);
    } else {
      tell(event);
    }
  }

  private void tell(EngineEvent event) {
    relation(event)
        .ifPresent(relation ->
            seats.tablesOf(relation).stream()
                .filter(table -> isOwner(relation, table))
                .forEach(table -> listener.told(key, table, event)));
  }

  private static Optional<QualifiedName> relation(EngineEvent event) {
    return switch (event) {
      case EngineEvent.Refreshed refreshed -> Optional.of(refreshed.relation());
      case EngineEvent.Failed failed -> Optional.of(failed.relation());
      case EngineEvent.Stalled stalled -> Optional.of(stalled.relation());
      case EngineEvent.Remedied remedied -> Optional.of(remedied.relation());
      default -> Optional.empty();
    };
  }
}
