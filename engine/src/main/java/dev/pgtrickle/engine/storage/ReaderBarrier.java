package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * P8: waits until no snapshot of this database is left that misses a committed state. Holds neither
 * a lock nor a transaction; backend_xmin is visible to every role. Replaced by a planted bug in a
 * test.
 */
public class ReaderBarrier {
  private static final long STEP_MILLIS = 20;

  /** A transaction id that was taken after the state which old snapshots must not miss. */
  public record Mark(String transaction) {}

  /** Takes a mark now. The connection is in autocommit mode. */
  public Mark mark(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT pg_current_xact_id()::text");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Mark(row.getString(1));
    }
  }

  /** Whether every older snapshot went away within the patience. */
  public boolean passed(Connection connection, Mark mark, Duration patience) throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    Set<Integer> waitedFor = older(connection, mark);
    while (!waitedFor.isEmpty()) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      pause();
      // A backend that was seen once without an old snapshot can never have one again.
      waitedFor.retainAll(older(connection, mark));
    }
    return true;
  }

  private static Set<Integer> older(Connection connection, Mark mark) throws SQLException {
    Set<Integer> backends = new HashSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT activity.pid
            FROM pg_stat_activity AS activity
            WHERE activity.datname = current_database()
              AND activity.pid <> pg_backend_pid()
              AND age(activity.backend_xmin) >= age(?::xid8::xid)
              AND NOT EXISTS (SELECT FROM pg_stat_progress_vacuum AS v WHERE v.pid = activity.pid)\
            """)) {
      statement.setString(1, mark.transaction());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          backends.add(row.getInt(1));
        }
      }
    }
    return backends;
  }

  private static void pause() {
    try {
      Thread.sleep(STEP_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw TrickleException.of(
          ErrorCode.TIMEOUT, "interrupted while waiting for old snapshots", "start it again");
    }
  }
}
