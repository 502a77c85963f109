package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Removes consumed rows of a source, and in the same transaction says so by its horizon (P4). The
 * bound is read once: what is removed and what the horizon admits must be the same, whatever other
 * pins come and go meanwhile.
 */
final class BufferCleaning {
  private final PinRule pins;
  private final HorizonRule horizon;
  private final TruncateCheck truncateCheck;

  BufferCleaning(CaptureRules rules) {
    this.pins = rules.pins();
    this.horizon = rules.horizon();
    this.truncateCheck = rules.truncateCheck();
  }

  /** How many rows are consumed, counted up to one more than {@code limit}. */
  int consumed(Connection connection, long sourceId, QualifiedName buffer, int limit)
      throws SQLException {
    String bound = bound(connection, sourceId);
    return (int)
        number(
            connection,
            """
            SELECT count(*)
            FROM (SELECT FROM %s AS change WHERE %s LIMIT %d) AS counted\
            """
                .formatted(buffer.quoted(), pins.removable("change", bound), limit + 1));
  }

  int delete(Connection connection, long sourceId, QualifiedName buffer) throws SQLException {
    String bound = bound(connection, sourceId);
    try (Statement statement = connection.createStatement()) {
      int removed =
          statement.executeUpdate(
              "DELETE FROM %s AS change WHERE %s"
                  .formatted(buffer.quoted(), pins.removable("change", bound)));
      if (removed > 0) {
        raise(statement, sourceId, bound);
      }
      return removed;
    }
  }

  /** Empties a buffer that nobody writes, if nobody needs it; otherwise leaves it. */
  boolean truncate(Connection connection, long sourceId, QualifiedName buffer) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE".formatted(buffer.quoted()));
      String bound = bound(connection, sourceId);
      if (!holds(connection, truncateCheck.holds(buffer, pins.removable("kept", bound)))) {
        return false;
      }
      statement.execute("TRUNCATE TABLE " + buffer.quoted());
      raise(statement, sourceId, bound);
      return true;
    }
  }

  /** The same question without the lock, before we bother anybody with it. */
  boolean looksTruncatable(Connection connection, long sourceId, QualifiedName buffer)
      throws SQLException {
    String bound = bound(connection, sourceId);
    return holds(connection, truncateCheck.holds(buffer, pins.removable("kept", bound)));
  }

  /** Whether the table has no page: nothing is in it, not even uncommitted or dead rows. */
  boolean isEmpty(Connection connection, QualifiedName buffer) throws SQLException {
    return number(
            connection,
            "SELECT pg_relation_size(%s::regclass)".formatted(SqlText.literal(buffer.quoted())))
        == 0;
  }

  private String bound(Connection connection, long sourceId) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(pins.bound(sourceId))) {
      row.next();
      return SqlText.literal(row.getString(1)) + "::pg_snapshot";
    }
  }

  private void raise(Statement statement, long sourceId, String bound) throws SQLException {
    statement.executeUpdate(
        "UPDATE pgtrickle.source SET horizon = %s WHERE id = %d"
            .formatted(horizon.raised("horizon", bound), sourceId));
  }

  private static boolean holds(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
