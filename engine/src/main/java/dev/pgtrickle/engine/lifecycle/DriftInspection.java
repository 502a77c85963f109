package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.catalog.StampRegistry;
import dev.pgtrickle.engine.storage.WriteGuards;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One query over the catalog for all tables of a database: what does not look as we left it. Only
 * tables whose wish is fulfilled are compared; the others are being worked on.
 */
final class DriftInspection {
  private static final String QUERY =
      """
      SELECT st.id,
             storage.oid IS NULL OR guard.oid IS NULL AS storage_missing,
             (v.layout -> 'kept') IS NOT NULL AND (
               EXISTS (
                 SELECT FROM jsonb_array_elements(v.layout -> 'kept' -> 'columns') AS entry
                 WHERE NOT EXISTS (
                   SELECT FROM pg_attribute AS a
                   WHERE a.attrelid = kept.oid AND a.attnum > 0 AND NOT a.attisdropped
                     AND a.attname = entry ->> 'name'))
               OR NOT EXISTS (
                 SELECT FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
                 WHERE i.indrelid = kept.oid AND i.indisvalid
                   AND c.relname = v.storage_name || '_groups_key')) AS kept_lost,
             view.oid IS NULL AS view_missing,
             (SELECT string_agg(entry ->> 'name', ', ')
              FROM jsonb_array_elements(v.layout -> 'columns') AS entry
              WHERE storage.oid IS NOT NULL
                AND NOT EXISTS (
                  SELECT FROM pg_attribute AS a
                  WHERE a.attrelid = storage.oid AND a.attnum > 0 AND NOT a.attisdropped
                    AND a.attname = entry ->> 'name')) AS lost_columns,
             view.oid IS NOT NULL AND v.view_stamp IS DISTINCT FROM %1$s
               AS view_changed,
             storage.oid IS NOT NULL AND v.guard_stamp IS DISTINCT FROM (
               SELECT string_agg(%2$s, ' ' ORDER BY t.tgrelid <> storage.oid) FROM pg_trigger AS t
               WHERE t.tgrelid IN (storage.oid, kept.oid) AND t.tgname = ?) AS guard_touched,
             view.oid IS NOT NULL AND NOT EXISTS (
               SELECT FROM pg_trigger AS t
               WHERE t.tgrelid = view.oid AND t.tgname = ? AND t.tgenabled = 'O')
               AS writable,
             view.oid IS NOT NULL AND view.relowner <> CASE v.view_owner
               WHEN '' THEN (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = current_user)
               ELSE coalesce((SELECT r.oid FROM pg_roles AS r WHERE r.rolname = v.view_owner), 0)
             END AS owner_changed,
             (SELECT string_agg(wanted.role, ', ')
              FROM unnest(v.grants) AS wanted (role)
              WHERE view.oid IS NOT NULL
                AND NOT EXISTS (
                  SELECT FROM aclexplode(view.relacl) AS held
                  JOIN pg_roles AS r ON r.oid = held.grantee
                  WHERE r.rolname = wanted.role AND held.privilege_type = 'SELECT'))
               AS lost_grants,
             (SELECT string_agg(DISTINCT held.privilege_type, ', ')
              FROM aclexplode(view.relacl) AS held
              WHERE held.grantee = view.relowner
                AND held.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'))
               AS writing,
             (SELECT string_agg(wanted.name, ', ')
              FROM unnest(v.indexes || (v.storage_name || '_key')) AS wanted (name)
              WHERE storage.oid IS NOT NULL
                AND NOT EXISTS (
                  SELECT FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
                  WHERE i.indrelid = storage.oid AND c.relname = wanted.name AND i.indisvalid))
               AS lost_indexes
      FROM pgtrickle.stream_table AS st
      JOIN pgtrickle.storage_version AS v ON v.stream_table_id = st.id
      LEFT JOIN pg_class AS storage
        ON storage.relname = v.storage_name
       AND storage.relnamespace = 'pgtrickle_data'::regnamespace
      LEFT JOIN pg_class AS kept
        ON kept.relname = v.storage_name || '_groups'
       AND kept.relnamespace = 'pgtrickle_data'::regnamespace
      LEFT JOIN pg_class AS guard
        ON guard.relname = v.guard_name
       AND guard.relnamespace = 'pgtrickle_data'::regnamespace
      LEFT JOIN pg_class AS view
        ON view.relname = st.relation_name AND view.relkind = 'v'
       AND view.relnamespace = to_regnamespace(quote_ident(st.relation_schema))::oid
      WHERE st.state = 'active' AND v.populated AND v.revision = st.revision AND v.fill IS NULL
        AND (?::bigint IS NULL OR st.id = ?::bigint)\
      """
          .formatted(StampRegistry.ofView("view.oid"), StampRegistry.ofTrigger("t"));

  /** All tables that have drifted. */
  List<DriftFindings> all(Connection connection) throws SQLException {
    return read(connection, null);
  }

  /** One table, if it has drifted. */
  List<DriftFindings> of(Connection connection, long streamTableId) throws SQLException {
    return read(connection, Long.toString(streamTableId));
  }

  private static List<DriftFindings> read(Connection connection, @Nullable String only)
      throws SQLException {
    List<DriftFindings> findings = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setString(1, WriteGuards.STORAGE_TRIGGER.name());
      statement.setString(2, WriteGuards.VIEW_TRIGGER.name());
      statement.setString(3, only);
      statement.setString(4, only);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          DriftFindings found = findings(row);
          if (!found.drift().isEmpty()) {
            findings.add(found);
          }
        }
      }
    }
    return List.copyOf(findings);
  }

  private static DriftFindings findings(ResultSet row) throws SQLException {
    Collector collector = new Collector();
    if (row.getBoolean("storage_missing")) {
      collector.add(DriftFindings.Loss.STORAGE, Drift.Kind.RELATION_MISSING, "the storage is gone");
    }
    String columns = row.getString("lost_columns");
    if (columns != null) {
      collector.add(
          DriftFindings.Loss.STORAGE,
          Drift.Kind.COLUMNS_CHANGED,
          "the storage lacks the columns " + columns);
    }
    if (row.getBoolean("kept_lost")) {
      collector.add(
          DriftFindings.Loss.KEPT,
          Drift.Kind.RELATION_MISSING,
          "the table that keeps the state of the groups is gone or damaged");
    }
    if (row.getBoolean("view_missing")) {
      collector.add(DriftFindings.Loss.VIEW, Drift.Kind.RELATION_MISSING, "the view is gone");
    }
    if (row.getBoolean("view_changed")) {
      collector.add(
          DriftFindings.Loss.VIEW_BODY, Drift.Kind.COLUMNS_CHANGED, "the view was replaced");
    }
    if (row.getBoolean("guard_touched")) {
      collector.add(
          DriftFindings.Loss.GUARD,
          Drift.Kind.ROWS_MODIFIED,
          "the trigger that guards the storage was dropped or disabled for a time");
    }
    if (row.getBoolean("writable")) {
      collector.add(
          DriftFindings.Loss.DRESS,
          Drift.Kind.GRANTS_CHANGED,
          "the trigger that keeps the view read-only is gone or disabled");
    }
    if (row.getBoolean("owner_changed")) {
      collector.add(
          DriftFindings.Loss.DRESS, Drift.Kind.GRANTS_CHANGED, "the view has another owner");
    }
    String grants = row.getString("lost_grants");
    if (grants != null) {
      collector.add(
          DriftFindings.Loss.DRESS, Drift.Kind.GRANTS_CHANGED, "SELECT was revoked from " + grants);
    }
    String writing = row.getString("writing");
    if (writing != null) {
      collector.add(
          DriftFindings.Loss.DRESS, Drift.Kind.GRANTS_CHANGED, "the owner was granted " + writing);
    }
    String indexes = row.getString("lost_indexes");
    if (indexes != null) {
      collector.add(
          DriftFindings.Loss.INDEX, Drift.Kind.INDEX_MISSING, "indexes are gone: " + indexes);
    }
    return new DriftFindings(
        row.getLong("id"), List.copyOf(collector.losses), List.copyOf(collector.drift));
  }

  private static final class Collector {
    private final List<DriftFindings.Loss> losses = new ArrayList<>();
    private final List<Drift> drift = new ArrayList<>();

    void add(DriftFindings.Loss loss, Drift.Kind kind, String message) {
      losses.add(loss);
      drift.add(new Drift(kind, message));
    }
  }
}
