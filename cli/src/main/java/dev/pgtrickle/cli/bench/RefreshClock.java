package dev.pgtrickle.cli.bench;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How long the transaction of a refresh takes, from its beginning up to its commit, both as the
 * server stamped them. The request and its answer do not count, which no other way of refreshing
 * has. Where the server does not keep the times of commits, they do count.
 */
public final class RefreshClock {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final double NANOS_IN_MILLI = 1e6;
  private static final String TRANSACTION =
      """
      SELECT extract(epoch FROM pg_xact_commit_timestamp(h.xmin) - h.started_at) * 1000
      FROM pgtrickle.history AS h
      JOIN pgtrickle.stream_table AS st ON st.id = h.stream_table_id
      WHERE st.relation_schema = ? AND st.relation_name = ? AND h.result = 'Succeeded'
      ORDER BY h.id DESC
      LIMIT 1\
      """;

  private final Connection connection;
  private final boolean keepsCommitTimes;
  private final Map<QualifiedName, Instant> latest = new HashMap<>();

  /** A clock that reads over this connection, which stays the caller's to close. */
  public RefreshClock(Connection connection) throws SQLException {
    this.connection = connection;
    this.keepsCommitTimes =
        "on".equals(new SqlSession(connection).queryText("SHOW track_commit_timestamp"));
  }

  /** What the times are of, for the head of the report. */
  public String description() {
    return keepsCommitTimes
        ? "the transaction, from its beginning up to its commit"
        : "for the engine, from the request to its answer: track_commit_timestamp is off";
  }

  /** Refreshes, and tells how many milliseconds that took; none when there was nothing to do. */
  public OptionalDouble refresh(
      StreamTableEngine engine, QualifiedName relation, Optional<RefreshMode> mode)
      throws SQLException {
    long before = System.nanoTime();
    RefreshReport report = engine.refresh(relation, mode, PATIENCE);
    double wall = (System.nanoTime() - before) / NANOS_IN_MILLI;
    if (report.finishedAt().equals(latest.put(relation, report.finishedAt()))) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(keepsCommitTimes ? transaction(relation) : wall);
  }

  private double transaction(QualifiedName relation) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TRANSACTION)) {
      statement.setString(1, relation.schema().name());
      statement.setString(2, relation.name().name());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getDouble(1);
      }
    }
  }
}
