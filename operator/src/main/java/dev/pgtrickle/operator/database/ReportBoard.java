package dev.pgtrickle.operator.database;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.EngineEvent;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.operator.status.LagBucket;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Passes on what was read and heard, and wakes the resources for which it matters. */
final class ReportBoard {
  private final DatabaseKey key;
  private final TableSeats seats;
  private final DatabaseListener listener;
  private final Map<QualifiedName, ReportChange> shown = new HashMap<>();

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
      for (TableId table : seats.tablesOf(report.relation())) {
        listener.read(key, table, report);
        if (!now.equals(before)) {
          listener.changed(table);
        }
      }
    }
    vanished(reports);
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
      seats.tablesOf(relation).forEach(listener::changed);
    }
  }

  /** An engine told something. */
  void pass(EngineEvent event) {
    relation(event)
        .ifPresent(relation ->
            seats.tablesOf(relation).forEach(table -> listener.told(key, table, event)));
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
