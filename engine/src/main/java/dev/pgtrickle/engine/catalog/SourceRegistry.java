package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.Coverage;
import dev.pgtrickle.engine.source.WakeUp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows about sources, their buffer pairs and captured columns. Works in the caller's
 * transaction. What the columns mean, and when they may change, is decided in the capture.
 */
public final class SourceRegistry {
  private final BufferPairReader pairs = new BufferPairReader();
  private static final String SELECT =
      """
      SELECT source.id, source.relation_oid, source.relation_schema, source.relation_name,
             source.active_side, source.horizon::text AS horizon, source.lease_until, source.wake,
             source.coverage, source.flipped_at
      FROM pgtrickle.source
      """;

  public Optional<RegisteredSource> ofRelation(Connection connection, long relationOid)
      throws SQLException {
    return first(connection, SELECT + "WHERE source.relation_oid = ?", relationOid);
  }

  public Optional<RegisteredSource> byId(Connection connection, long sourceId) throws SQLException {
    return first(connection, SELECT + "WHERE source.id = ?", sourceId);
  }

  /** The same, and nobody else changes the source until the transaction ends. */
  public Optional<RegisteredSource> locked(Connection connection, long sourceId)
      throws SQLException {
    return first(connection, SELECT + "WHERE source.id = ? FOR NO KEY UPDATE", sourceId);
  }

  /** The same, and no frontier can begin to refer to it. */
  public Optional<RegisteredSource> lockedForRemoval(Connection connection, long sourceId)
      throws SQLException {
    return first(connection, SELECT + "WHERE source.id = ? FOR UPDATE", sourceId);
  }

  public List<RegisteredSource> all(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT + "ORDER BY source.id")) {
      return read(connection, statement);
    }
  }

  /** A new source whose capture is not complete yet: its horizon is everything. */
  public long add(
      Connection connection,
      long relationOid,
      QualifiedName name,
      Instant leaseUntil,
      WakeUp wake,
      Coverage coverage)
      throws SQLException {
    String sql =
        """
        INSERT INTO pgtrickle.source
          (relation_oid, relation_schema, relation_name, generation, active_side, horizon,
           capture_stamp, lease_until, wake, coverage)
        VALUES (?, ?, ?, 1, 'a', NULL, '{}', ?, ?, ?)
        RETURNING id
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, relationOid);
      statement.setString(2, name.schema().name());
      statement.setString(3, name.name().name());
      statement.setObject(4, leaseUntil.atOffset(ZoneOffset.UTC));
      statement.setString(5, wake.word());
      statement.setString(6, coverage.word());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** A new generation, which becomes the current one. */
  public void addPair(
      Connection connection,
      long sourceId,
      int generation,
      Map<Integer, String> columns,
      Buffers persistence)
      throws SQLException {
    update(
        connection,
        "INSERT INTO pgtrickle.buffer_pair (source_id, generation, persistence) VALUES (?, ?, ?)",
        sourceId,
        generation,
        persistence.word());
    for (Map.Entry<Integer, String> column : columns.entrySet()) {
      update(
          connection,
          """
          INSERT INTO pgtrickle.captured_column (source_id, generation, attribute_number, type)
          VALUES (?, ?, ?, ?)
          """,
          sourceId,
          generation,
          column.getKey(),
          column.getValue());
    }
    update(
        connection,
        "UPDATE pgtrickle.source SET generation = ?, active_side = 'a' WHERE id = ?",
        generation,
        sourceId);
  }

  /** What the capture functions say since now. */
  public void describe(
      Connection connection,
      long sourceId,
      QualifiedName name,
      Instant leaseUntil,
      WakeUp wake,
      Coverage coverage)
      throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.source
        SET relation_schema = ?, relation_name = ?, lease_until = ?, wake = ?, coverage = ?
        WHERE id = ?
        """,
        name.schema().name(),
        name.name().name(),
        leaseUntil.atOffset(ZoneOffset.UTC),
        wake.word(),
        coverage.word(),
        sourceId);
  }

  /** A capture gap is open: nothing can be proven until {@link #closeGap}. */
  public void openGap(Connection connection, long sourceId) throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.source
        SET horizon = NULL,
            -- As long as somebody has not been told what the last one was.
            gap_reason = CASE
              WHEN horizon IS NULL THEN gap_reason
              WHEN EXISTS (
                SELECT FROM pgtrickle.frontier
                WHERE frontier.source_id = source.id
                  AND NOT pgtrickle.snapshot_within(source.gap_closed, frontier.snapshot))
              THEN gap_reason END
        WHERE id = ?
        """,
        sourceId);
  }

  /** The same, and whoever goes full for it is told why. */
  public void openGap(Connection connection, long sourceId, String reason) throws SQLException {
    update(
        connection,
        "UPDATE pgtrickle.source SET horizon = NULL, gap_reason = ? WHERE id = ?",
        reason,
        sourceId);
  }

  /** Everything that is not visible now is captured. */
  public void closeGap(Connection connection, long sourceId) throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.source
        SET horizon = pg_current_snapshot(), gap_closed = pg_current_snapshot()
        WHERE id = ? AND horizon IS NULL
        """,
        sourceId);
  }

  /** What our triggers and functions looked like when we left them (P7). */
  public String captureStamp(Connection connection, long sourceId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT capture_stamp::text FROM pgtrickle.source WHERE id = ?")) {
      statement.setLong(1, sourceId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  /** The barrier was passed after the functions began to write into this generation. */
  public void settle(Connection connection, long sourceId, int generation) throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.buffer_pair SET settled_at = clock_timestamp()
        WHERE source_id = ? AND generation = ? AND settled_at IS NULL
        """,
        sourceId,
        generation);
  }

  public void flipped(Connection connection, long sourceId, BufferSide side) throws SQLException {
    update(
        connection,
        "UPDATE pgtrickle.source SET active_side = ?, flipped_at = clock_timestamp() WHERE id = ?",
        side.letter(),
        sourceId);
  }

  public void drained(Connection connection, long sourceId, int generation) throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.buffer_pair SET drained_at = clock_timestamp()
        WHERE source_id = ? AND generation = ? AND drained_at IS NULL
        """,
        sourceId,
        generation);
  }

  public void removePair(Connection connection, long sourceId, int generation) throws SQLException {
    update(
        connection,
        "DELETE FROM pgtrickle.buffer_pair WHERE source_id = ? AND generation = ?",
        sourceId,
        generation);
  }

  public void remove(Connection connection, long sourceId) throws SQLException {
    update(connection, "DELETE FROM pgtrickle.source WHERE id = ?", sourceId);
  }

  private Optional<RegisteredSource> first(Connection connection, String sql, long key)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, key);
      return read(connection, statement).stream().findFirst();
    }
  }

  private List<RegisteredSource> read(Connection connection, PreparedStatement statement)
      throws SQLException {
    List<RegisteredSource> sources = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long id = row.getLong("id");
        sources.add(
            new RegisteredSource(
                id,
                row.getLong("relation_oid"),
                QualifiedName.of(row.getString("relation_schema"), row.getString("relation_name")),
                BufferSide.ofLetter(row.getString("active_side")),
                Optional.ofNullable(row.getString("horizon")),
                row.getObject("lease_until", OffsetDateTime.class).toInstant(),
                WakeUp.ofWord(row.getString("wake")),
                Coverage.ofWord(row.getString("coverage")),
                row.getObject("flipped_at", OffsetDateTime.class).toInstant(),
                pairs.read(connection, id)));
      }
    }
    return List.copyOf(sources);
  }

  private static void update(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < parameters.length; index++) {
        statement.setObject(index + 1, parameters[index]);
      }
      statement.executeUpdate();
    }
  }
}
