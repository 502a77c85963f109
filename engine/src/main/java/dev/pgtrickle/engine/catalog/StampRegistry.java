package dev.pgtrickle.engine.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Stamps of views and guards as one server wrote them: how a view is printed and which transaction
 * created a trigger is another thing after a major upgrade, although nobody has touched either. A
 * stamp begins with the major version, so that it is never compared across an upgrade. Works in the
 * caller's transaction.
 */
public final class StampRegistry {
  private static final String MAJOR = "(current_setting('server_version_num')::integer / 10000)";

  /** The stamp of a view, over its oid. */
  public static String ofView(String oid) {
    return "format('%%s:%%s', %s, md5(pg_get_viewdef(%s)))".formatted(MAJOR, oid);
  }

  /** The stamp of a trigger, over its row of pg_trigger. */
  public static String ofTrigger(String alias) {
    return "format('%%s:%%s.%%s.%%s', %1$s, %2$s.oid, %2$s.xmin, %2$s.tgenabled)"
        .formatted(MAJOR, alias);
  }

  /**
   * Tables that another major version has stamped and whose storage has the columns of their view:
   * without these it is lost, whatever the stamps say.
   */
  public List<Long> ofOtherServers(Connection connection) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT v.stream_table_id
                FROM pgtrickle.storage_version AS v
                JOIN pg_class AS storage
                  ON storage.relname = v.storage_name
                 AND storage.relnamespace = 'pgtrickle_data'::regnamespace
                WHERE (split_part(v.view_stamp, ':', 1) <> %1$s::text
                       OR split_part(v.guard_stamp, ':', 1) <> %1$s::text)
                  AND NOT EXISTS (
                    SELECT FROM unnest(v.view_columns) AS wanted (name)
                    WHERE NOT EXISTS (
                      SELECT FROM pg_attribute AS a
                      WHERE a.attrelid = storage.oid AND a.attnum > 0 AND NOT a.attisdropped
                        AND a.attname = wanted.name))
                ORDER BY v.id\
                """
                    .formatted(MAJOR));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return List.copyOf(ids);
  }

  /** The stamp of the view of this name; empty where there is none. */
  public String ofPresent(Connection connection, String quotedView) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT coalesce((SELECT %s FROM pg_class AS c
                             WHERE c.oid = to_regclass(?) AND c.relkind = 'v'), '')\
            """
                .formatted(ofView("c.oid")))) {
      statement.setString(1, quotedView);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /**
   * Writes the stamps that this server gives. A guard that is missing or disabled keeps its old
   * one, which fits nothing.
   */
  public void renew(Connection connection, VersionRecord version, String viewStamp)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            UPDATE pgtrickle.storage_version AS v
            SET view_stamp = ?,
                guard_stamp = coalesce(
                  (SELECT CASE WHEN count(*) = count(t.oid)
                               THEN string_agg(%s, ' ' ORDER BY guarded.relname) END
                   FROM pg_class AS guarded
                   LEFT JOIN pg_trigger AS t
                     ON t.tgrelid = guarded.oid AND t.tgname = 'pgtrickle_guard'
                    AND t.tgenabled = 'O'
                    AND t.tgfoid = 'pgtrickle.refuse_foreign_write()'::regprocedure
                   WHERE guarded.relnamespace = 'pgtrickle_data'::regnamespace
                     AND guarded.relname IN (v.storage_name, v.storage_name || '_groups')),
                  v.guard_stamp)
            WHERE v.id = ?\
            """
                .formatted(ofTrigger("t")))) {
      statement.setString(1, viewStamp);
      statement.setLong(2, version.id());
      statement.executeUpdate();
    }
  }
}
