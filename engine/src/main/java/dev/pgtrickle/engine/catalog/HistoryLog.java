package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.error.TrickleException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** pgtrickle.history: every refresh that changed something or failed, kept for a while. */
public final class HistoryLog {
  /** Parameters that {@link #insertAfterApply} needs, in its order, after those of the apply. */
  public List<@Nullable String> parameters(HistoryEntry entry) {
    return Arrays.asList(
        Long.toString(entry.streamTableId()),
        entry.cause(),
        entry.mode(),
        entry.reason(),
        Long.toString(entry.changes()));
  }

  /**
   * The statement that an apply's WITH clause is put before: it counts what the CTEs deleted,
   * updated and inserted returned, in the very transaction that did it. All that it returns is of
   * fixed length: of a longer row, such as one with a numeric, the driver would wait for the answer
   * before it sends the COMMIT.
   */
  public String insertAfterApply() {
    return """
    INSERT INTO pgtrickle.history
      (stream_table_id, started_at, finished_at, cause, mode, reason, changes,
       rows_inserted, rows_updated, rows_deleted, result)
    -- The clock is read when the rows have been counted, and so applied.
    SELECT applied.stream_table_id, now(), clock_timestamp(), applied.cause, applied.mode,
           applied.reason, applied.changes, applied.inserted, applied.updated, applied.deleted,
           'Succeeded'
    FROM (
      SELECT ?::bigint AS stream_table_id, ?::text AS cause, ?::text AS mode, ?::text AS reason,
             ?::bigint AS changes,
             (SELECT count(*) FROM inserted) AS inserted,
             (SELECT count(*) FROM updated) AS updated,
             (SELECT count(*) FROM deleted) AS deleted
      OFFSET 0
    ) AS applied
    RETURNING finished_at, (extract(epoch FROM finished_at - started_at) * 1000)::float8 AS millis,
              rows_inserted, rows_updated, rows_deleted\
    """;
  }

  /** A refresh that was rolled back leaves its trace in a transaction of its own. */
  public void recordFailure(Connection connection, HistoryEntry entry, TrickleException failure)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO pgtrickle.history
              (stream_table_id, started_at, finished_at, cause, mode, reason, changes,
               rows_inserted, rows_updated, rows_deleted, result, error_code, sql_state, message)
            VALUES (?, now(), now(), ?, ?, ?, ?, 0, 0, 0, 'Failed', ?, ?, ?)\
            """)) {
      statement.setLong(1, entry.streamTableId());
      statement.setString(2, entry.cause());
      statement.setString(3, entry.mode());
      statement.setString(4, entry.reason());
      statement.setLong(5, entry.changes());
      statement.setString(6, failure.code().word());
      statement.setString(7, failure.sqlState().orElse(null));
      statement.setString(8, failure.what());
      statement.execute();
    }
  }

  /** Deletes what is older than the settings say; returns how many rows went. */
  public long prune(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                WITH bound AS (
                  SELECT
                    (SELECT value::interval FROM pgtrickle.setting
                     WHERE name = 'historyKeepFor') AS keep_for,
                    (SELECT value::bigint FROM pgtrickle.setting
                     WHERE name = 'historyKeepRows') AS keep_rows
                ),
                surplus AS (
                  SELECT ranked.id
                  FROM (SELECT id, finished_at,
                               row_number() OVER (PARTITION BY stream_table_id ORDER BY id DESC) AS age
                        FROM pgtrickle.history) AS ranked, bound
                  WHERE ranked.age > bound.keep_rows
                     OR (ranked.age > 1 AND ranked.finished_at < now() - bound.keep_for)
                ),
                gone AS (
                  DELETE FROM pgtrickle.history AS h USING surplus WHERE h.id = surplus.id RETURNING 1
                )
                SELECT count(*) FROM gone\
                """)) {
      row.next();
      return row.getLong(1);
    }
  }
}
