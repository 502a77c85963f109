package dev.pgtrickle.engine.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows of pgtrickle.frontier, as far as refreshes do not write them themselves. */
public final class FrontierRegistry {

  /**
   * Forgets all sources of a version but these; a table that was dropped and created again is
   * another source.
   *
   * @return the ids of the sources that the version no longer reads
   */
  public List<Long> keepOnly(Connection connection, long versionId, List<Long> sourceIds)
      throws SQLException {
    List<Long> abandoned = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            DELETE FROM pgtrickle.frontier
            WHERE version_id = ? AND source_id <> ALL (?)
            RETURNING source_id\
            """)) {
      statement.setLong(1, versionId);
      statement.setArray(2, connection.createArrayOf("bigint", sourceIds.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          abandoned.add(row.getLong(1));
        }
      }
    }
    return abandoned;
  }

  /** Whether some source of a version was pinned and never read. */
  public boolean isUnread(Connection connection, long versionId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT EXISTS (
              SELECT FROM pgtrickle.frontier WHERE version_id = ? AND fingerprint = '{}')\
            """)) {
      statement.setLong(1, versionId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** The rows may be other ones than the frontier says: the next work compares all of them. */
  public void forgetReading(Connection connection, long versionId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE pgtrickle.frontier SET fingerprint = '{}', catalog_trace = NULL WHERE version_id = ?")) {
      statement.setLong(1, versionId);
      statement.executeUpdate();
    }
  }
}
