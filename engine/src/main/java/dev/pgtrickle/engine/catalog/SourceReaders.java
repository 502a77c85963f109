package dev.pgtrickle.engine.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tables read a source, and what they ask of its capture. Works in the caller's transaction.
 */
public final class SourceReaders {

  /** Whether any storage version still has a frontier of this source. */
  public boolean isConsumed(Connection connection, long sourceId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT FROM pgtrickle.frontier WHERE source_id = ?)")) {
      statement.setLong(1, sourceId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Sources that no storage version reads. */
  public List<Long> withoutConsumer(Connection connection) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT source.id FROM pgtrickle.source
                WHERE NOT EXISTS (
                  SELECT FROM pgtrickle.frontier WHERE frontier.source_id = source.id)\
                """);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }

  /** Whether a table that reads the source asks for buffers that survive a crash. */
  public boolean isAskedToBeLogged(Connection connection, long sourceId) throws SQLException {
    return isAnyReader(
        connection, sourceId, "coalesce(reader.definition ->> 'buffers', 'LOGGED') = 'LOGGED'");
  }

  /** Whether a table that reads the source accepts a publication of all tables (P20). */
  public boolean isPublicationAccepted(Connection connection, long sourceId) throws SQLException {
    return isAnyReader(
        connection, sourceId, "reader.definition ->> 'allTablesPublication' = 'ACCEPTED'");
  }

  private static boolean isAnyReader(Connection connection, long sourceId, String condition)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT EXISTS (
              SELECT FROM pgtrickle.frontier
              JOIN pgtrickle.storage_version AS version ON version.id = frontier.version_id
              JOIN pgtrickle.stream_table AS reader ON reader.id = version.stream_table_id
              WHERE frontier.source_id = ? AND %s)\
            """
                .formatted(condition))) {
      statement.setLong(1, sourceId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
