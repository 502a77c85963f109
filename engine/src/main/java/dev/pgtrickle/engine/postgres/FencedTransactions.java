package dev.pgtrickle.engine.postgres;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * The only door to writing transactions: each is fenced (P13), gives way (P5), and a refresh takes
 * its snapshot after its locks (P1, P2), in one trip.
 */
public final class FencedTransactions {
  private final DatabasePool pool;
  private final Fence fence;
  private final Prologue prologue;
  private final LockTimeouts lockTimeouts;

  public FencedTransactions(
      DatabasePool pool, Fence fence, Prologue prologue, LockTimeouts lockTimeouts) {
    this.pool = pool;
    this.fence = fence;
    this.prologue = prologue;
    this.lockTimeouts = lockTimeouts;
  }

  public LockTimeouts lockTimeouts() {
    return lockTimeouts;
  }

  /** Trip 1, then the work, which ends with trip 2. */
  public <S, R> R inSnapshot(LockPlan locks, StateQuery<S> query, SnapshotWork<S, R> work) {
    Connection connection = pool.borrow();
    try (connection) {
      OpenSnapshot snapshot = new OpenSnapshot(connection);
      try {
        S state = open(connection, locks, query);
        R result = work.run(state, snapshot);
        if (!snapshot.finished()) {
          rollback(connection);
        }
        return result;
      } catch (SQLException failure) {
        abandon(connection, snapshot);
        TrickleException typed = SqlErrors.translate(failure, "refreshing");
        forgetStalePlans(connection, typed);
        throw typed;
      } catch (TrickleException failure) {
        abandon(connection, snapshot);
        forgetStalePlans(connection, failure);
        throw failure;
      } catch (RuntimeException | Error failure) {
        abandon(connection, snapshot);
        throw failure;
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "giving a connection back");
    }
  }

  /**
   * A READ COMMITTED transaction for registry and DDL. Its lock requests wait at most {@code
   * lockTimeout}.
   */
  public <R> R inTransaction(Duration lockTimeout, TransactionWork<R> work) {
    Connection connection = pool.borrow();
    try (connection) {
      boolean committed = false;
      try {
        begin(connection, lockTimeouts.effective(lockTimeout));
        R result = work.run(connection);
        execute(connection, "COMMIT");
        committed = true;
        return result;
      } catch (SQLException failure) {
        throw SqlErrors.translate(failure, "changing pgtrickle's objects");
      } finally {
        if (!committed) {
          rollback(connection);
        }
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "giving a connection back");
    }
  }

  /**
   * P5 for locks that readers or writers would queue behind (DDL on a source, a view, a buffer): at
   * first hardly any waiting, then 20 to 100 ms with pauses between, until the budget is used up.
   * The work runs again from its beginning each time.
   */
  public <R> R politely(Duration budget, TransactionWork<R> work) {
    long deadline = System.nanoTime() + budget.toNanos();
    for (int attempt = 0; ; attempt++) {
      try {
        return inTransaction(Politeness.wait(attempt), work);
      } catch (TrickleException failure) {
        if (!Politeness.worthAnotherTry(failure.code()) || System.nanoTime() >= deadline) {
          throw failure;
        }
        Politeness.pause(attempt);
      }
    }
  }

  private <S> S open(Connection connection, LockPlan locks, StateQuery<S> query)
      throws SQLException {
    String select =
        """
        SELECT owner.epoch AS fence_epoch, state.*
        FROM (%s) AS owner
        LEFT JOIN LATERAL (
        %s
        ) AS state ON true\
        """
            .formatted(fence.epochQuery(), query.sql());
    String text = String.join(";\n", prologue.statements(locks, fence)) + ";\n" + select;
    try (PreparedStatement statement = connection.prepareStatement(text)) {
      query.bind(statement, 1);
      boolean rows = statement.execute();
      while (!rows) {
        if (statement.getUpdateCount() == -1) {
          throw new IllegalStateException("the prologue returned no rows");
        }
        rows = statement.getMoreResults();
      }
      try (ResultSet resultSet = statement.getResultSet()) {
        if (!resultSet.next()) {
          throw ownershipRowIsGone();
        }
        fence.check(resultSet.getLong("fence_epoch"));
        return query.read(resultSet);
      }
    }
  }

  private void begin(Connection connection, Duration lockTimeout) throws SQLException {
    String text =
        "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = %d; %s; %s"
            .formatted(lockTimeout.toMillis(), fence.lockStatement(), fence.epochQuery());
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(text);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet row = statement.getResultSet()) {
        if (!row.next()) {
          throw ownershipRowIsGone();
        }
        fence.check(row.getLong(1));
      }
    }
  }

  /** A session keeps its prepared statements; one that no longer fits would fail for ever. */
  private void forgetStalePlans(Connection connection, TrickleException failure) {
    if (failure.code() == ErrorCode.OBJECT_CHANGED) {
      pool.discard(connection);
    }
  }

  private void abandon(Connection connection, OpenSnapshot snapshot) {
    if (!snapshot.finished()) {
      rollback(connection);
    }
  }

  /** A session that cannot even roll back is thrown away; the server ends its transaction. */
  private void rollback(Connection connection) {
    try {
      execute(connection, "ROLLBACK");
    } catch (SQLException gone) {
      pool.discard(connection);
    }
  }

  private static TrickleException ownershipRowIsGone() {
    return TrickleException.of(
        ErrorCode.INTERNAL,
        "the ownership row of pgtrickle is gone",
        "run trickle uninstall, then start again");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
