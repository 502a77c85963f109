package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.catalog.VersionRegistry;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.LifecyclePoint;
import dev.pgtrickle.engine.lifecycle.LifecycleRules;
import dev.pgtrickle.engine.plan.StorageLayout;
import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.storage.ReaderBarrier;
import dev.pgtrickle.engine.storage.StorageRemover;
import dev.pgtrickle.engine.storage.StreamView;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a view what it shall be once nobody can have an older snapshot (P8): takes the "is it
 * populated?" question out of it, and shows the columns that a changed definition appended. Never
 * in a hurry: an open reader only delays it.
 */
final class GateKeeper {
  private static final Duration DDL_LOCK_TIMEOUT = Duration.ofMillis(1);

  private final DatabasePool pool;
  private final FencedTransactions transactions;
  private final TableBook book;
  private final LifecycleRules rules;
  private final VersionRegistry versions = new VersionRegistry();
  private final StorageRemover views = new StorageRemover();

  /** A table that was changed again has another state, and so another mark. */
  private final Map<TableState, ReaderBarrier.Mark> marks = new HashMap<>();

  GateKeeper(
      DatabasePool pool, FencedTransactions transactions, TableBook book, LifecycleRules rules) {
    this.pool = pool;
    this.transactions = transactions;
    this.book = book;
    this.rules = rules;
  }

  void openWherePossible() {
    List<TableState> idle = book.all();
    marks.keySet().retainAll(idle);
    for (TableState state : idle) {
      VersionRecord version = state.table().version();
      if (version.population() == VersionRecord.Population.POPULATED
          && version.gate() == VersionRecord.Gate.CLOSED
          && nobodyIsOlder(state)) {
        openPatiently(state);
      }
    }
  }

  private boolean nobodyIsOlder(TableState state) {
    try (Connection connection = pool.borrow()) {
      ReaderBarrier.Mark mark = marks.get(state);
      if (mark == null) {
        mark = rules.barrier().mark(connection);
        marks.put(state, mark);
      }
      return rules.barrier().passed(connection, mark, Duration.ZERO);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "looking for old snapshots");
    }
  }

  /** A view that is read all the time keeps its gate a little longer; the others do not wait. */
  private void openPatiently(TableState state) {
    MaintainedTable table = state.table();
    rules.steps().passed(LifecyclePoint.BARRIER_PASSED, table.definition().relation());
    try {
      if (!open(table)) {
        return;
      }
    } catch (TrickleException failure) {
      if (failure.code() != ErrorCode.LOCK_TIMEOUT) {
        throw failure;
      }
      return;
    }
    marks.remove(state);
    state.replace(table.withVersion(opened(table.version())));
    rules.steps().passed(LifecyclePoint.VIEW_REPLACED, table.definition().relation());
  }

  private static VersionRecord opened(VersionRecord version) {
    return new VersionRecord(
        version.id(),
        version.storage(),
        version.guard(),
        version.population(),
        VersionRecord.Gate.OPEN);
  }

  /** Not where the view was dropped: it would come back without its guards and grants. */
  private boolean open(MaintainedTable table) {
    List<String> columns = StorageLayout.of(table.plan()).visibleNames();
    String replaceView =
        new StreamView(table.definition(), table.version(), columns, rules.guards()).openGate();
    return transactions.inTransaction(
        DDL_LOCK_TIMEOUT,
        connection -> {
          if (!views.isOurs(connection, table.definition().relation(), table.version())) {
            return Boolean.FALSE;
          }
          try (Statement statement = connection.createStatement()) {
            statement.execute(replaceView);
          }
          versions.markGateOpen(connection, table.version().id(), columns);
          versions.stampView(connection, table.version().id(), table.definition().relation());
          return Boolean.TRUE;
        });
  }
}
