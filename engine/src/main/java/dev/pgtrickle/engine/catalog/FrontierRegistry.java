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
   * P4: a new consumer commits its pinned rows BEFORE it starts to load, so that nothing that it
   * has not read is cleaned away. A row that is there already stays as it is.
   */
  public void pin(Connection connection, long versionId, long sourceId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO pgtrickle.frontier
              (version_id, source_id, snapshot, pinned, fingerprint, filenode)
            VALUES (?, ?, pg_current_snapshot(), true, '{}', 0)
            ON CONFLICT (version_id, source_id) DO NOTHING""")) {
      statement.setLong(1, versionId);
      statement.setLong(2, sourceId);
      statement.executeUpdate();
    }
  }

  /**
   * Makes exactly these the sources of a version; a source that was dropped and created again has
   * another id.
   *
   * @return the ids of the sources that the version no longer reads
   */
  public List<Long> replace(Connection connection, long versionId, List<Long> sourceIds)
      throws SQLException {
    for (long sourceId : sourceIds) {
      pin(connection, versionId, sourceId);
    }
    List<Long> abandoned = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            DELETE FROM pgtrickle.frontier
            WHERE version_id = ? AND source_id <> ALL (?)
            RETURNING source_id""")) {
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
}
