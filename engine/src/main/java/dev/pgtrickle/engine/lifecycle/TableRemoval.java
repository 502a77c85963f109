package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.capture.ChangeCapture;
import dev.pgtrickle.engine.catalog.FrontierRegistry;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.storage.StorageRemover;
import java.time.Duration;
import java.util.List;

/**
 * The end of a table, as its owner's policy says, in steps that each commit. First what others may
 * hold on to (the view), then the capture in the order of P16, then storage and registry row: until
 * the last step the row says what is still to be done.
 */
final class TableRemoval {
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final FencedTransactions transactions;
  private final ChangeCapture capture;
  private final RegistryRows rows;
  private final StepListener steps;
  private final StorageRemover remover = new StorageRemover();
  private final FrontierRegistry frontiers = new FrontierRegistry();

  TableRemoval(
      FencedTransactions transactions,
      ChangeCapture capture,
      RegistryRows rows,
      StepListener steps) {
    this.transactions = transactions;
    this.capture = capture;
    this.rows = rows;
    this.steps = steps;
  }

  /** What is left of a table. */
  enum Remains {
    NOTHING,
    TOMBSTONE
  }

  Remains remove(StreamTableRecord row, DeletionPolicy policy) {
    QualifiedName relation = row.definition().relation();
    if (policy != DeletionPolicy.DELETE && isWorthKeeping(row)) {
      endCapture(row);
      transactions.inTransaction(
          LOCK_TIMEOUT,
          connection -> {
            rows.stillWanted(connection, row);
            rows.registry().retire(connection, row.id(), StreamTableRecord.State.RETAINED);
            return true;
          });
      steps.passed(LifecyclePoint.RETIRED, relation);
      return Remains.TOMBSTONE;
    }
    if (row.version().isPresent()) {
      VersionRecord version = row.version().get();
      transactions.politely(
          BUDGET,
          connection -> {
            rows.stillWanted(connection, row);
            remover.refuseReaders(connection, relation);
            remover.dropView(connection, relation, version);
            return true;
          });
      steps.passed(LifecyclePoint.VIEW_DROPPED, relation);
    }
    endCapture(row);
    transactions.politely(
        BUDGET,
        connection -> {
          rows.stillWanted(connection, row);
          if (row.version().isPresent()) {
            remover.dropStorage(connection, row.version().get());
          }
          rows.registry().remove(connection, row.id());
          return true;
        });
    steps.passed(LifecyclePoint.REMOVED, relation);
    return Remains.NOTHING;
  }

  private boolean isWorthKeeping(StreamTableRecord row) {
    return row.version().isPresent()
        && row.version().get().population() == VersionRecord.Population.POPULATED
        && transactions.inTransaction(
            LOCK_TIMEOUT,
            connection ->
                remover.isOurs(connection, row.definition().relation(), row.version().get()));
  }

  /** A kill in here leaves sources that nobody reads; they are found by {@link ChangeCapture}. */
  private void endCapture(StreamTableRecord row) {
    if (row.version().isEmpty()) {
      return;
    }
    List<Long> abandoned =
        transactions.inTransaction(
            LOCK_TIMEOUT,
            connection -> {
              rows.stillWanted(connection, row);
              return frontiers.keepOnly(connection, row.version().get().id(), List.of());
            });
    steps.passed(LifecyclePoint.FRONTIERS_FORGOTTEN, row.definition().relation());
    abandoned.forEach(capture::release);
    steps.passed(LifecyclePoint.CAPTURE_RELEASED, row.definition().relation());
  }
}
