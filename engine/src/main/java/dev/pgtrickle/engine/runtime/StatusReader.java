package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what status shows, from the registry alone: any session may, worker or not. */
final class StatusReader {
  private static final int COUNT_AT_MOST = 100_000;

  /** Of these it is known that nothing has changed when no change is pending. */
  private static final Set<String> MAINTAINED = Set.of("active", "changing", "suspended");

  private final RowFigures figures;
  private final LifeReader lives = new LifeReader();

  StatusReader(RowFigures figures) {
    this.figures = figures;
  }

  List<StreamTableReport> read(Connection connection) throws SQLException {
    List<StreamTableReport> reports = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(StatusQuery.SQL)) {
      while (row.next()) {
        reports.add(report(connection, row));
      }
    }
    return reports;
  }

  private StreamTableReport report(Connection connection, ResultSet row) throws SQLException {
    boolean populated = row.getBoolean("populated");
    long pending = row.getLong("pending");
    Instant present = row.getTimestamp("present").toInstant();
    Optional<Instant> dataTime = dataTime(row, pending, present);
    String sources = row.getString("sources");
    return new StreamTableReport(
        QualifiedName.of(row.getString("relation_schema"), row.getString("relation_name")),
        row.getString("state"),
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
        LastRefresh.of(row),
        row.getInt("consecutive_failures"),
        problem(row),
        lives.drift(row),
        lives.read(row));
  }

  /**
   * Without unread changes the table is as of now, whenever it was refreshed; unless its answer
   * moves without any change (P15), or changes may be missing from the buffers (P4), when nothing
   * is known of the time since.
   */
  private static Optional<Instant> dataTime(ResultSet row, long pending, Instant present)
      throws SQLException {
    if (!row.getBoolean("populated")) {
      return Optional.empty();
    }
    boolean maintained = MAINTAINED.contains(row.getString("state"));
    if (pending == 0 && !row.getBoolean("gap") && maintained && row.getBoolean("still")) {
      return Optional.of(present);
    }
    return Optional.ofNullable(row.getTimestamp("data_time")).map(time -> time.toInstant());
  }

  private static String schedule(ResultSet row) throws SQLException {
    String every = row.getString("every");
    if (every != null) {
      return "every " + every.substring(2).toLowerCase(java.util.Locale.ROOT);
    }
    return row.getBoolean("on_change") ? "on change" : "manual";
  }

  /** Exact where that is cheap and asked for, else PostgreSQL's estimate. */
  private long rows(Connection connection, ResultSet row) throws SQLException {
    return switch (figures) {
      case STATISTICS -> row.getLong("live_rows");
      case EXACT -> {
        if (row.getDouble("estimated_rows") > COUNT_AT_MOST) {
          yield Math.round(row.getDouble("estimated_rows"));
        }
        String storage = Identifier.of(row.getString("storage_name")).quoted();
        yield number(connection, "SELECT count(*) FROM pgtrickle_data." + storage);
      }
    };
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
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
