package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;

/**
 * P4: a new consumer commits its pinned frontiers before it begins to load, so that cleanup keeps
 * what its first load will not have seen.
 */
public final class Pins {

  /**
   * Pins the present moment for sources whose capture {@link ChangeCapture#ensure} has made
   * complete. Commit before the load, which overwrites snapshot, fingerprint and filenode. A pin
   * that is there already is older and keeps more.
   *
   * @throws TrickleException ObjectChanged when the last other reader of a source left it meanwhile
   *     and took its capture along: it has to be captured again
   */
  public void pin(Connection connection, long versionId, Collection<Long> sourceIds)
      throws SQLException {
    if (!hold(connection, sourceIds) || isLessThanAsked(connection, versionId, sourceIds)) {
      throw gone();
    }
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

  /** Another table that knew nothing of this one has made the buffers unlogged meanwhile. */
  private static boolean isLessThanAsked(
      Connection connection, long versionId, Collection<Long> sourceIds) throws SQLException {
    String sql =
        """
        SELECT EXISTS (
          SELECT FROM pgtrickle.source
          JOIN pgtrickle.buffer_pair AS pair
            ON pair.source_id = source.id AND pair.generation = source.generation
          WHERE source.id = ANY (?) AND pair.persistence = 'unlogged')
        AND EXISTS (
          SELECT FROM pgtrickle.storage_version AS version
          JOIN pgtrickle.stream_table AS reader ON reader.id = version.stream_table_id
          WHERE version.id = ? AND coalesce(reader.definition ->> 'buffers', 'LOGGED') = 'LOGGED'
            AND coalesce(reader.definition ->> 'allTablesPublication', 'REFUSED') = 'REFUSED')\
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("bigint", sourceIds.toArray()));
      statement.setLong(2, versionId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Keeps the sources until the transaction ends; false when one of them is gone already. */
  public boolean hold(Connection connection, Collection<Long> sourceIds) throws SQLException {
    HashSet<Long> missing = new HashSet<>(sourceIds);
    String sql =
        """
        SELECT source.id FROM pgtrickle.source
        WHERE source.id = ANY (?)
        ORDER BY source.id
        FOR KEY SHARE
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("bigint", sourceIds.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          missing.remove(row.getLong(1));
        }
      }
    }
    return missing.isEmpty();
  }

  /** What to say of sources that could not be held. */
  public static TrickleException gone() {
    return TrickleException.of(
        ErrorCode.OBJECT_CHANGED,
        "the capture of a source ended, or was changed, since another reader of it was",
        "it is tried again by itself");
  }
}
