package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FenceEpoch;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Who writes in this database (P13). Taking it waits for the transactions of the present owner,
 * shuts the door behind them, and ends the backends that it left.
 */
public final class Ownership {
  private static final int LOCK_TIMEOUT_MILLIS = 400;
  private static final int ATTEMPTS = 50;

  /** Takes the database for {@code owner}. The connection is in autocommit mode. */
  public FenceEpoch take(Connection connection, String owner) {
    for (int attempt = 1; ; attempt++) {
      try {
        FenceEpoch epoch = raiseEpoch(connection, owner);
        endPredecessors(connection);
        return epoch;
      } catch (SQLException failure) {
        TrickleException typed = SqlErrors.translate(failure, "taking ownership of the database");
        if (attempt == ATTEMPTS || typed.code() != ErrorCode.LOCK_TIMEOUT) {
          throw typed;
        }
        endHangingPredecessors(connection);
      }
    }
  }

  /**
   * A predecessor that was killed leaves a backend in the middle of a statement, which holds the
   * fence until it notices. Ending it rolls its transaction back: nothing half done can remain.
   */
  private static void endHangingPredecessors(Connection connection) {
    try {
      endPredecessors(connection);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "ending the backends of the previous owner");
    }
  }

  /**
   * Notes a session of the owner, so that a successor can end it. Where the table for that is gone,
   * somebody removed pgtrickle: that is said as such, because no later attempt can succeed.
   */
  public void record(Connection connection, FenceEpoch epoch) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO pgtrickle.owner_session (epoch, pid, backend_start)
            SELECT ?, pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()
            ON CONFLICT DO NOTHING\
            """)) {
      statement.setLong(1, epoch.value());
      statement.execute();
    } catch (SQLException failure) {
      if (SqlErrors.classify(failure) == ErrorCode.OBJECT_CHANGED) {
        throw Installation.missing();
      }
      throw failure;
    }
  }

  /** Forgets the sessions that ended by themselves. */
  public void forgetClosed(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          DELETE FROM pgtrickle.owner_session AS session
          WHERE NOT EXISTS (
            SELECT FROM pg_stat_activity AS activity
            WHERE activity.pid = session.pid AND activity.backend_start = session.backend_start)\
          """);
    }
  }

  private static FenceEpoch raiseEpoch(Connection connection, String owner) throws SQLException {
    connection.setAutoCommit(false);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET LOCAL lock_timeout = " + LOCK_TIMEOUT_MILLIS);
        statement.execute("LOCK TABLE pgtrickle.fence IN EXCLUSIVE MODE");
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              UPDATE pgtrickle.ownership
              SET epoch = epoch + 1, owner = ?, taken_at = now(), renewed_at = now()
              RETURNING epoch\
              """)) {
        statement.setString(1, owner);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          FenceEpoch epoch = new FenceEpoch(row.getLong(1));
          connection.commit();
          return epoch;
        }
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /**
   * The application may use the same role: only backends that were recorded are ended. A dump of
   * the database that was restored beside it has the records of backends that serve the other one.
   */
  private static void endPredecessors(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          WITH predecessor AS (
            DELETE FROM pgtrickle.owner_session
            WHERE pid <> pg_backend_pid()
            RETURNING pid, backend_start
          )
          SELECT pg_terminate_backend(activity.pid)
          FROM predecessor
          JOIN pg_stat_activity AS activity USING (pid, backend_start)
          WHERE activity.usename = current_user
            AND activity.datname = current_database()\
          """);
    }
  }
}
