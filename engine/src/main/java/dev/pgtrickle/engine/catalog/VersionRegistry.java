package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Rows of pgtrickle.storage_version. Works in the caller's transaction. */
public final class VersionRegistry {

  /** A version whose storage the same transaction creates. */
  public VersionRecord insert(
      Connection connection,
      long streamTableId,
      String definitionHash,
      String layout,
      List<String> viewColumns)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            WITH next AS (SELECT nextval('pgtrickle.storage_version_id_seq') AS id)
            INSERT INTO pgtrickle.storage_version
              (id, stream_table_id, storage_name, guard_name, definition_hash, layout, view_columns)
            OVERRIDING SYSTEM VALUE
            SELECT id, ?, 'storage_' || id, 'guard_' || id, ?, ?::jsonb, ? FROM next
            RETURNING id\
            """)) {
      statement.setLong(1, streamTableId);
      statement.setString(2, definitionHash);
      statement.setString(3, layout);
      statement.setArray(4, connection.createArrayOf("text", viewColumns.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long id = row.getLong(1);
        return new VersionRecord(
            id,
            DataSchema.table("storage_" + id),
            DataSchema.table("guard_" + id),
            VersionRecord.Population.EMPTY,
            VersionRecord.Gate.CLOSED);
      }
    }
  }

  /** The storage has another layout now, and the rows of its query are still to come. */
  public void prepared(
      Connection connection, long versionId, String layout, VersionContents.Fill fill)
      throws SQLException {
    update(
        connection,
        "UPDATE pgtrickle.storage_version SET layout = ?::jsonb, fill = ? WHERE id = ?",
        layout,
        fill.word(),
        versionId);
  }

  /** The same for a storage without rows, with the view over it. */
  public void preparedEmpty(
      Connection connection,
      long versionId,
      String layout,
      String definitionHash,
      List<String> viewColumns)
      throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.storage_version
        SET layout = ?::jsonb, definition_hash = ?, view_columns = ?, fill = NULL
        WHERE id = ?\
        """,
        layout,
        definitionHash,
        connection.createArrayOf("text", viewColumns.toArray()),
        versionId);
  }

  /** For the transaction of the first load. */
  public BoundStatement markPopulated(long versionId) {
    return new BoundStatement(
        "UPDATE pgtrickle.storage_version SET populated = true WHERE id = ?::bigint",
        List.of(Long.toString(versionId)));
  }

  /**
   * For the transaction that puts the rows of another query in. From then on the view is behind if
   * it lacks columns; it is replaced when no snapshot is left that does not see these rows.
   */
  public BoundStatement markFilled(
      long versionId, String definitionHash, List<String> visibleColumns) {
    return new BoundStatement(
        """
        UPDATE pgtrickle.storage_version
        SET fill = NULL, definition_hash = ?, gate_open = gate_open AND view_columns = ?::text[]
        WHERE id = ?::bigint\
        """,
        List.of(definitionHash, arrayText(visibleColumns), Long.toString(versionId)));
  }

  public void markGateOpen(Connection connection, long versionId, List<String> viewColumns)
      throws SQLException {
    update(
        connection,
        "UPDATE pgtrickle.storage_version SET gate_open = true, view_columns = ? WHERE id = ?",
        connection.createArrayOf("text", viewColumns.toArray()),
        versionId);
  }

  /** What stands around the storage now. */
  public void recordObjects(
      Connection connection,
      long versionId,
      List<String> indexes,
      List<String> grants,
      String viewOwner)
      throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.storage_version SET indexes = ?, grants = ?, view_owner = ? WHERE id = ?\
        """,
        connection.createArrayOf("text", indexes.toArray()),
        connection.createArrayOf("text", grants.toArray()),
        viewOwner,
        versionId);
  }

  /** Which of the user's indexes are there, also those that are not finished. */
  public void recordIndexes(Connection connection, long versionId, List<String> indexes)
      throws SQLException {
    update(
        connection,
        "UPDATE pgtrickle.storage_version SET indexes = ? WHERE id = ?",
        connection.createArrayOf("text", indexes.toArray()),
        versionId);
  }

  /** Whether the rows came along with a copy of the database and were not compared since (P19). */
  public boolean isCopied(Connection connection, long versionId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT FROM pgtrickle.storage_version WHERE id = ? AND copied)")) {
      statement.setLong(1, versionId);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Everything that was asked for up to a revision is so. */
  public void markBroughtAbout(Connection connection, long versionId, long revision)
      throws SQLException {
    update(
        connection,
        "UPDATE pgtrickle.storage_version SET revision = ?, copied = false WHERE id = ?",
        revision,
        versionId);
  }

  /** What the view says now is what it shall say. */
  public void stampView(Connection connection, long versionId, QualifiedName relation)
      throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.storage_version SET view_stamp = %s
        WHERE id = ?\
        """
            .formatted(StampRegistry.ofView("?::regclass")),
        relation.quoted(),
        versionId);
  }

  /** The trigger that guards the storage, as it is now, is ours. */
  public void stampGuard(Connection connection, VersionRecord version) throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.storage_version SET guard_stamp = (
          SELECT string_agg(%s, ' ' ORDER BY guarded.relname)
          FROM pg_trigger AS t
          JOIN pg_class AS guarded ON guarded.oid = t.tgrelid
          WHERE guarded.relnamespace = 'pgtrickle_data'::regnamespace
            AND guarded.relname IN (storage_name, storage_name || '_groups')
            AND t.tgname = 'pgtrickle_guard')
        WHERE id = ?\
        """
            .formatted(StampRegistry.ofTrigger("t")),
        version.id());
  }

  public void remove(Connection connection, long versionId) throws SQLException {
    update(connection, "DELETE FROM pgtrickle.storage_version WHERE id = ?", versionId);
  }

  private static String arrayText(List<String> elements) {
    StringBuilder text = new StringBuilder("{");
    for (String element : elements) {
      text.append(text.length() > 1 ? "," : "")
          .append('"')
          .append(element.replaceAll("([\"\\\\])", "\\\\$1"))
          .append('"');
    }
    return text.append('}').toString();
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < values.length; index++) {
        statement.setObject(index + 1, values[index]);
      }
      statement.executeUpdate();
    }
  }
}
