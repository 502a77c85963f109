package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.storage.ReaderBarrier;
import dev.pgtrickle.engine.storage.StreamView;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Takes the "is it populated?" question out of a view once nobody can have an older snapshot (P8).
 * Never in a hurry: an open reader only delays it.
 */
final class GateKeeper {
  private static final Duration DDL_LOCK_TIMEOUT = Duration.ofMillis(1);

  private final DatabasePool pool;
  private final FencedTransactions transactions;
  private final TableBook book;
  private final ReaderBarrier barrier = new ReaderBarrier();
  private final StreamTableRegistry registry = new StreamTableRegistry();
  private final Map<Long, ReaderBarrier.Mark> marks = new HashMap<>();
  private final Set<Long> opened = new HashSet<>();

  GateKeeper(DatabasePool pool, FencedTransactions transactions, TableBook book) {
    this.pool = pool;
    this.transactions = transactions;
    this.book = book;
  }

  void openWherePossible() {
    for (TableState state : book.all()) {
      MaintainedTable table = state.table();
      VersionRecord version = table.version();
      if (version.population() == VersionRecord.Population.POPULATED
          && version.gate() == VersionRecord.Gate.CLOSED
          && !opened.contains(version.id())
          && nobodyIsOlder(version.id())) {
        openPatiently(table);
      }
    }
  }

  private boolean nobodyIsOlder(long versionId) {
    try (Connection connection = pool.borrow()) {
      ReaderBarrier.Mark mark = marks.get(versionId);
      if (mark == null) {
        mark = barrier.mark(connection);
        marks.put(versionId, mark);
      }
      return barrier.passed(connection, mark, Duration.ZERO);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "looking for old snapshots");
    }
  }

  /** A view that is read all the time keeps its gate a little longer; the others do not wait. */
  private void openPatiently(MaintainedTable table) {
    try {
      open(table);
      opened.add(table.version().id());
      marks.remove(table.version().id());
    } catch (TrickleException failure) {
      if (failure.code() != ErrorCode.LOCK_TIMEOUT) {
        throw failure;
      }
    }
  }

  private void open(MaintainedTable table) {
    String replaceView =
        new StreamView(table.definition(), table.version(), table.plan().columns()).openGate();
    transactions.inTransaction(
        DDL_LOCK_TIMEOUT,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(replaceView);
          }
          registry.markGateOpen(connection, table.version().id());
          return Boolean.TRUE;
        });
  }
}
