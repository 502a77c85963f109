package dev.pgtrickle.engine.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** What is known of objects that somebody else changed. Works in the caller's transaction. */
public final class DriftRegistry {

  /** A repair; nothing is left of the drift. */
  public void repaired(Connection connection, long streamTableId, List<String> kinds)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO pgtrickle.repair (stream_table_id, kinds) VALUES (?, ?)")) {
      statement.setLong(1, streamTableId);
      statement.setArray(2, connection.createArrayOf("text", kinds.toArray()));
      statement.executeUpdate();
    }
    report(connection, streamTableId, "[]");
  }

  public long repairsWithinAnHour(Connection connection, long streamTableId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT count(*) FROM pgtrickle.repair
            WHERE stream_table_id = ? AND repaired_at > clock_timestamp() - INTERVAL '1 hour'\
            """)) {
      statement.setLong(1, streamTableId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /**
   * What status shows of a table's drift, as a JSON array.
   *
   * @return whether that is news
   */
  public boolean report(Connection connection, long streamTableId, String drift)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            UPDATE pgtrickle.stream_table SET drift = ?::jsonb
            WHERE id = ? AND drift <> ?::jsonb\
            """)) {
      statement.setString(1, drift);
      statement.setLong(2, streamTableId);
      statement.setString(3, drift);
      return statement.executeUpdate() > 0;
    }
  }

  /** Nothing but these tables has drifted. */
  public void clearOthers(Connection connection, List<Long> drifted) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            UPDATE pgtrickle.stream_table SET drift = '[]'
            WHERE drift <> '[]' AND id <> ALL (?)\
            """)) {
      statement.setArray(1, connection.createArrayOf("bigint", drifted.toArray()));
      statement.executeUpdate();
    }
  }

  /** Repairs that count no more. */
  public void prune(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM pgtrickle.repair WHERE repaired_at < clock_timestamp() - INTERVAL '1 day'")) {
      statement.executeUpdate();
    }
  }
}
