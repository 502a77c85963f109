package dev.pgtrickle.engine.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The newest refresh of a table that succeeded, without the rest of its status. */
final class LastRefresh {
  private static final String QUERY =
      """
      SELECT h.finished_at, extract(epoch FROM h.finished_at - h.started_at) * 1000 AS millis,
             h.mode AS last_mode, h.reason AS last_reason, h.changes, h.rows_inserted,
             h.rows_updated, h.rows_deleted, h.cause AS last_cause
      FROM pgtrickle.history AS h
      WHERE h.stream_table_id = ? AND h.result = 'Succeeded' ORDER BY h.id DESC LIMIT 1\
      """;

  /** Empty where none has succeeded yet. */
  Optional<RefreshReport> read(Connection connection, long streamTableId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setLong(1, streamTableId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? of(row) : Optional.empty();
      }
    }
  }

  /** From a row with the columns of the query above. */
  static Optional<RefreshReport> of(ResultSet row) throws SQLException {
    if (row.getTimestamp("finished_at") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new RefreshReport(
            row.getTimestamp("finished_at").toInstant(),
            Duration.ofNanos(Math.round(row.getDouble("millis") * 1_000_000)),
            row.getString("last_cause"),
            row.getString("last_mode"),
            row.getString("last_reason"),
            row.getLong("changes"),
            row.getLong("rows_inserted"),
            row.getLong("rows_updated"),
            row.getLong("rows_deleted")));
  }
}
