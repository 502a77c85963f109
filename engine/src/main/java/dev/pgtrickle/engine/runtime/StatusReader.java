package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeColumns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what status shows, from the registry alone: any session may, worker or not. */
final class StatusReader {
  private static final int COUNT_AT_MOST = 100_000;

  /** A TRUNCATE is a change too. */
  private static final String COUNTED =
      "%d, %d, %d".formatted(ChangeColumns.ROW, ChangeColumns.RESET, ChangeColumns.TRUNCATED);

  private static final String TABLES =
      """
      SELECT st.relation_schema, st.relation_name, st.state, st.consecutive_failures,
             st.stall_code, st.stall_message, st.stall_remedy, st.last_failure,
             coalesce(st.plan ->> 'mode', '') AS mode,
             coalesce(st.plan ->> 'class', '') AS class,
             coalesce(st.plan ->> 'reason', '') AS reason,
             coalesce((SELECT string_agg(value, ',' ORDER BY value)
                       FROM jsonb_array_elements_text(st.plan -> 'sources')), '') AS sources,
             st.definition -> 'schedule' ->> 'every' AS every,
             (st.definition -> 'schedule' ? 'onChange') AS on_change,
             st.definition ->> 'activity' AS activity,
             v.id AS version_id, coalesce(v.populated, false) AS populated, v.storage_name,
             coalesce(c.reltuples, -1) AS estimated_rows,
             coalesce(pg_total_relation_size(c.oid), 0) AS bytes,
             (SELECT min(f.refreshed_at) FROM pgtrickle.frontier AS f WHERE f.version_id = v.id)
               AS data_time,
             EXISTS (SELECT FROM pgtrickle.frontier AS f
                     JOIN pgtrickle.source AS s ON s.id = f.source_id
                     WHERE f.version_id = v.id
                       AND NOT coalesce(pgtrickle.snapshot_within(s.horizon, f.snapshot), false))
               AS gap,
             h.finished_at, extract(epoch FROM h.finished_at - h.started_at) * 1000 AS millis,
             h.mode AS last_mode, h.reason AS last_reason, h.changes, h.rows_inserted,
             h.rows_updated, h.rows_deleted,
             clock_timestamp() AS present
      FROM pgtrickle.stream_table AS st
      LEFT JOIN pgtrickle.storage_version AS v ON v.stream_table_id = st.id
      LEFT JOIN pg_class AS c
        ON c.relname = v.storage_name AND c.relnamespace = 'pgtrickle_data'::regnamespace
      LEFT JOIN LATERAL (
        SELECT * FROM pgtrickle.history AS h
        WHERE h.stream_table_id = st.id AND h.result = 'Succeeded' ORDER BY h.id DESC LIMIT 1
      ) AS h ON true
      ORDER BY st.relation_schema, st.relation_name\
      """;

  List<StreamTableReport> read(Connection connection) throws SQLException {
    List<StreamTableReport> reports = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        reports.add(report(connection, row));
      }
    }
    return reports;
  }

  private static StreamTableReport report(Connection connection, ResultSet row)
      throws SQLException {
    boolean populated = row.getBoolean("populated");
    long pending = populated ? pending(connection, row.getLong("version_id")) : 0;
    Instant present = row.getTimestamp("present").toInstant();
    Optional<Instant> dataTime = dataTime(row, pending, present);
    String sources = row.getString("sources");
    return new StreamTableReport(
        QualifiedName.of(row.getString("relation_schema"), row.getString("relation_name")),
        state(row),
        row.getString("mode"),
        row.getString("class"),
        row.getString("reason"),
        schedule(row),
        sources.isEmpty() ? List.of() : Arrays.asList(sources.split(",")),
        dataTime,
        dataTime.map(time -> Duration.between(time, present)),
        populated ? rows(connection, row) : 0,
        row.getLong("bytes"),
        pending,
        lastRefresh(row),
        row.getInt("consecutive_failures"),
        problem(row));
  }

  /**
   * Without unread changes the table is as of now, whenever it was refreshed; unless changes may be
   * missing from the buffers (P4), when nothing is known of the time since.
   */
  private static Optional<Instant> dataTime(ResultSet row, long pending, Instant present)
      throws SQLException {
    if (!row.getBoolean("populated")) {
      return Optional.empty();
    }
    if (pending == 0 && !row.getBoolean("gap") && !row.getString("state").equals("stalled")) {
      return Optional.of(present);
    }
    return Optional.ofNullable(row.getTimestamp("data_time")).map(time -> time.toInstant());
  }

  private static String state(ResultSet row) throws SQLException {
    String state = row.getString("state");
    return state.equals("active") && "SUSPENDED".equals(row.getString("activity"))
        ? "suspended"
        : state;
  }

  private static String schedule(ResultSet row) throws SQLException {
    String every = row.getString("every");
    if (every != null) {
      return "every " + every.substring(2).toLowerCase(java.util.Locale.ROOT);
    }
    return row.getBoolean("on_change") ? "on change" : "manual";
  }

  /** Exact where that is cheap, else PostgreSQL's estimate. */
  private static long rows(Connection connection, ResultSet row) throws SQLException {
    if (row.getDouble("estimated_rows") > COUNT_AT_MOST) {
      return Math.round(row.getDouble("estimated_rows"));
    }
    String storage = Identifier.of(row.getString("storage_name")).quoted();
    return number(connection, "SELECT count(*) FROM pgtrickle_data." + storage);
  }

  private static long pending(Connection connection, long versionId) throws SQLException {
    List<String> counts = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT f.source_id, f.snapshot::text AS snapshot,
                   pg_snapshot_xmin(f.snapshot)::text AS oldest, p.generation
            FROM pgtrickle.frontier AS f
            JOIN pgtrickle.buffer_pair AS p ON p.source_id = f.source_id AND p.drained_at IS NULL
            WHERE f.version_id = ?\
            """)) {
      statement.setLong(1, versionId);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          for (String side : List.of("a", "b")) {
            counts.add(
                """
                SELECT FROM pgtrickle_data.changes_%1$d_%2$d_%3$s
                WHERE marker IN (%6$s) AND xid >= '%4$s'::xid8
                  AND NOT pg_visible_in_snapshot(xid, '%5$s'::pg_snapshot)
                UNION ALL
                SELECT FROM pgtrickle_data.changes_%1$d_%2$d_%3$s
                WHERE marker = %7$d AND xid >= '%4$s'::xid8
                  AND NOT pg_visible_in_snapshot(xid, '%5$s'::pg_snapshot)
                  AND EXISTS (SELECT FROM pgtrickle_data.changes_%1$d_%2$d_%3$s
                              WHERE marker = %8$d AND xid >= '%4$s'::xid8)\
                """
                    .formatted(
                        row.getLong("source_id"),
                        row.getInt("generation"),
                        side,
                        row.getString("oldest"),
                        row.getString("snapshot"),
                        COUNTED,
                        ChangeColumns.TAIL,
                        ChangeColumns.TAIL_EXISTS));
          }
        }
      }
    }
    return counts.isEmpty()
        ? 0
        : number(
            connection,
            "SELECT count(*) FROM (" + String.join("\nUNION ALL\n", counts) + ") AS pending");
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Optional<RefreshReport> lastRefresh(ResultSet row) throws SQLException {
    if (row.getTimestamp("finished_at") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new RefreshReport(
            row.getTimestamp("finished_at").toInstant(),
            Duration.ofNanos(Math.round(row.getDouble("millis") * 1_000_000)),
            row.getString("last_mode"),
            row.getString("last_reason"),
            row.getLong("changes"),
            row.getLong("rows_inserted"),
            row.getLong("rows_updated"),
            row.getLong("rows_deleted")));
  }

  private static Optional<StreamTableReport.Problem> problem(ResultSet row) throws SQLException {
    if (row.getString("stall_code") != null) {
      return Optional.of(
          new StreamTableReport.Problem(
              row.getString("stall_code"),
              row.getString("stall_message"),
              row.getString("stall_remedy")));
    }
    if (row.getInt("consecutive_failures") > 0 && row.getString("last_failure") != null) {
      return Optional.of(
          new StreamTableReport.Problem(
              "RefreshFailing", row.getString("last_failure"), "it is tried again by itself"));
    }
    return Optional.empty();
  }
}
