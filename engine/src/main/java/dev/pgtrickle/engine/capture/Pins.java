package dev.pgtrickle.engine.capture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/**
 * P4: a new consumer commits its pinned frontiers before it begins to load, so that cleanup keeps
 * what its first load will not have seen.
 */
public final class Pins {

  /**
   * Pins the present moment for sources whose capture {@link ChangeCapture#ensure} has made
   * complete. Commit before the load, which overwrites snapshot, fingerprint and filenode. A pin
   * that is there already is older and keeps more.
   */
  public void pin(Connection connection, long versionId, Collection<Long> sourceIds)
      throws SQLException {
    String sql =
        """
        INSERT INTO pgtrickle.frontier
          (version_id, source_id, snapshot, pinned, fingerprint, filenode)
        SELECT ?, wanted.id, pg_current_snapshot(), true, '{}', 0
        FROM unnest(?::bigint[]) AS wanted (id)
        ON CONFLICT (version_id, source_id) DO NOTHING
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, versionId);
      statement.setArray(2, connection.createArrayOf("bigint", sourceIds.toArray()));
      statement.executeUpdate();
    }
  }
}
