package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes consumed rows of a source, and in the same transaction says so by its horizon (P4). The
 * bound is read once: what is removed and what the horizon admits must be the same, whatever other
 * pins come and go meanwhile. Bulk is looked at before a lock is taken, never under it.
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

  /**
   * All rows that a snapshot saw in a buffer, and nobody needs.
   *
   * @param snapshot as an expression
   * @param bound contains all of them, as an expression
   */
  record Scan(String snapshot, String bound) {}

  /** Looks at every row without a lock; empty when somebody needs one of them. */
  Optional<Scan> scan(Connection connection, long sourceId, QualifiedName buffer)
      throws SQLException {
    String bound = bound(connection, sourceId);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_current_snapshot()::text, (%s)"
                    .formatted(truncateCheck.holds(buffer, pins.removable("kept", bound))))) {
      row.next();
      return row.getBoolean(2)
          ? Optional.of(new Scan(snapshot(row.getString(1)), bound))
          : Optional.empty();
    }
  }

  /**
   * Empties a buffer that nobody writes, if nobody needs what has come since the scan; otherwise
   * leaves it. What is done under the lock does not grow with the buffer.
   */
  boolean truncate(Connection connection, long sourceId, QualifiedName buffer, Scan scan)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Nothing is known of a buffer that no ANALYZE has seen: it might be read from end to end.
      statement.execute("SET LOCAL enable_seqscan = off");
      statement.execute("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE".formatted(buffer.quoted()));
      // A pin that came meanwhile may be older than all that were there.
      String stillConsumed =
          "SELECT pgtrickle.snapshot_within(%s, %s)"
              .formatted(scan.bound(), bound(connection, sourceId));
      if (!holds(connection, stillConsumed)
          || !holds(connection, truncateCheck.untouchedSince(buffer, scan.snapshot()))) {
        return false;
      }
      statement.execute("TRUNCATE TABLE " + buffer.quoted());
      raise(statement, sourceId, scan.bound());
      return true;
    }
  }

  /** Which of the buffers have a page; one that was dropped meanwhile has none. */
  Set<QualifiedName> occupied(Connection connection, List<QualifiedName> buffers)
      throws SQLException {
    String sql =
        """
        SELECT buffer.place
        FROM unnest(?::text[]) WITH ORDINALITY AS buffer (name, place)
        WHERE pg_relation_size(to_regclass(buffer.name)) > 0\
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(
          1,
          connection.createArrayOf("text", buffers.stream().map(QualifiedName::quoted).toArray()));
      Set<QualifiedName> occupied = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          occupied.add(buffers.get(row.getInt("place") - 1));
        }
      }
      return occupied;
    }
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
      return snapshot(row.getString(1));
    }
  }

  private static String snapshot(String text) {
    return SqlText.literal(text) + "::pg_snapshot";
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
