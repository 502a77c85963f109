package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.EventReason;
import dev.pgtrickle.engine.runtime.EngineEvent;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.operator.database.DatabaseKey;
import dev.pgtrickle.operator.database.DatabaseListener;
import dev.pgtrickle.operator.database.TableId;
import dev.pgtrickle.operator.event.EventNote;
import dev.pgtrickle.operator.event.EventPublisher;
import dev.pgtrickle.operator.event.EventSubject;
import dev.pgtrickle.operator.metrics.TableFigures;
import dev.pgtrickle.operator.metrics.TableLabels;
import dev.pgtrickle.operator.metrics.TableMetrics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Turns what engines tell into figures, events and another look of the reconciler. */
@Singleton
public final class TableNews implements DatabaseListener {
  private final TableMetrics metrics;
  private final EventPublisher events;
  private final Map<TableId, EventSubject> subjects = new ConcurrentHashMap<>();
  private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Consumer<TableId> wake = table -> {};

  TableNews(TableMetrics metrics, EventPublisher events) {
    this.metrics = metrics;
    this.events = events;
  }

  /** Who looks again; nobody does before the controllers have been started. */
  void wakes(Consumer<TableId> reconciler) {
    wake = reconciler;
  }

  /** Events are about this object. */
  void knows(TableId table, EventSubject subject) {
    subjects.put(table, subject);
  }

  void forgets(TableId table) {
    subjects.remove(table);
  }

  @Override
  public void changed(TableId table) {
    wake.accept(table);
  }

  @Override
  public void told(DatabaseKey database, TableId table, EngineEvent event) {
    switch (event) {
      case EngineEvent.Refreshed refreshed ->
          metrics.refreshed(labels(database, table), refreshed.result().duration());
      case EngineEvent.Failed failed -> metrics.failed(labels(database, table));
      case EngineEvent.Remedied remedied ->
          tell(table, new EventNote(EventReason.REMEDY_APPLIED, remedied.what(), remedied.what()));
      default -> {}
    }
  }

  @Override
  public void read(DatabaseKey database, TableId table, StreamTableReport report) {
    boolean current = report.lag().filter(Duration.ZERO::equals).isPresent();
    metrics.show(
        labels(database, table),
        new TableFigures(
            report.dataTime(), current, report.rows(), report.bytes(), report.pendingChanges()));
  }

  @Override
  public void left(DatabaseKey database, TableId table) {
    metrics.remove(labels(database, table));
  }

  /** On a thread of its own: the caller is a worker, which must not wait for an API server. */
  private void tell(TableId table, EventNote note) {
    Optional.ofNullable(subjects.get(table))
        .ifPresent(subject -> writers.execute(() -> events.tell(subject, note)));
  }

  private static TableLabels labels(DatabaseKey database, TableId table) {
    return new TableLabels(
        table.namespace(), table.name(), database.serverName(), database.database());
  }
}
