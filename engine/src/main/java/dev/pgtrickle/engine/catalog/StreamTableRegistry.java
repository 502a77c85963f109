package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of pgtrickle.stream_table and pgtrickle.storage_version. Works in the caller's transaction.
 */
public final class StreamTableRegistry {
  private static final String SELECT =
      """
      SELECT st.id, st.definition::text AS definition, st.definition_hash, st.state,
             st.stall_code, st.stall_message, st.stall_remedy, st.consecutive_failures,
             v.id AS version_id, v.storage_name, v.guard_name, v.populated, v.gate_open
      FROM pgtrickle.stream_table AS st
      LEFT JOIN pgtrickle.storage_version AS v ON v.stream_table_id = st.id
      """;

  private final DefinitionCodec codec = new DefinitionCodec();

  public List<StreamTableRecord> all(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SELECT + "ORDER BY st.relation_schema, st.relation_name")) {
      return read(statement);
    }
  }

  public Optional<StreamTableRecord> find(Connection connection, QualifiedName relation)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            SELECT + "WHERE st.relation_schema = ? AND st.relation_name = ?")) {
      statement.setString(1, relation.schema().name());
      statement.setString(2, relation.name().name());
      return read(statement).stream().findFirst();
    }
  }

  /** Claims the relation; a unique violation means that somebody else was first. */
  public long insert(Connection connection, StreamTableDefinition definition) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO pgtrickle.stream_table
              (relation_schema, relation_name, origin_namespace, origin_name, origin_uid,
               definition, definition_hash, state)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, 'creating')
            RETURNING id\
            """)) {
      statement.setString(1, definition.relation().schema().name());
      statement.setString(2, definition.relation().name().name());
      statement.setString(3, definition.origin().namespace());
      statement.setString(4, definition.origin().name());
      statement.setString(5, definition.origin().uid());
      statement.setString(6, codec.write(definition));
      statement.setString(7, codec.hash(definition));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Writes what the user asked for now. */
  public void updateDefinition(Connection connection, long id, StreamTableDefinition definition)
      throws SQLException {
    update(
        connection,
        "UPDATE pgtrickle.stream_table SET definition = ?::jsonb, definition_hash = ? WHERE id = ?",
        codec.write(definition),
        codec.hash(definition),
        id);
  }

  public void updatePlan(Connection connection, long id, String planJson) throws SQLException {
    update(
        connection, "UPDATE pgtrickle.stream_table SET plan = ?::jsonb WHERE id = ?", planJson, id);
  }

  /** The shape of the storage that was created, see lifecycle. */
  public Optional<String> planShape(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT plan ->> 'shape' FROM pgtrickle.stream_table WHERE id = ?")) {
      statement.setLong(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }

  public void updateState(Connection connection, long id, StreamTableRecord.State state)
      throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.stream_table
        SET state = ?, stall_code = NULL, stall_message = NULL, stall_remedy = NULL
        WHERE id = ?\
        """,
        state.word(),
        id);
  }

  /** The table stands still until a person acts. */
  public void stall(Connection connection, long id, TrickleException reason) throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.stream_table
        SET state = 'stalled', stall_code = ?, stall_message = ?, stall_remedy = ?
        WHERE id = ?\
        """,
        reason.code().word(),
        reason.what(),
        reason.remedy(),
        id);
  }

  public void recordFailure(Connection connection, long id, String message) throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.stream_table
        SET consecutive_failures = consecutive_failures + 1, last_failure = ?
        WHERE id = ?\
        """,
        message,
        id);
  }

  public void clearFailures(Connection connection, long id) throws SQLException {
    update(
        connection, "UPDATE pgtrickle.stream_table SET consecutive_failures = 0 WHERE id = ?", id);
  }

  public VersionRecord insertVersion(Connection connection, long streamTableId)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            WITH next AS (SELECT nextval('pgtrickle.storage_version_id_seq') AS id)
            INSERT INTO pgtrickle.storage_version (id, stream_table_id, storage_name, guard_name)
            OVERRIDING SYSTEM VALUE
            SELECT id, ?, 'storage_' || id, 'guard_' || id FROM next
            RETURNING id\
            """)) {
      statement.setLong(1, streamTableId);
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

  /** For the transaction of the first load. */
  public BoundStatement markPopulated(long versionId) {
    return new BoundStatement(
        "UPDATE pgtrickle.storage_version SET populated = true WHERE id = ?::bigint",
        List.of(Long.toString(versionId)));
  }

  /** For the transaction of the first load. */
  public BoundStatement markActive(long streamTableId) {
    return new BoundStatement(
        "UPDATE pgtrickle.stream_table SET state = 'active' WHERE id = ?::bigint",
        List.of(Long.toString(streamTableId)));
  }

  public void markGateOpen(Connection connection, long versionId) throws SQLException {
    update(
        connection,
        "UPDATE pgtrickle.storage_version SET gate_open = true WHERE id = ?",
        versionId);
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

  private List<StreamTableRecord> read(PreparedStatement statement) throws SQLException {
    List<StreamTableRecord> records = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        records.add(
            new StreamTableRecord(
                row.getLong("id"),
                codec.read(row.getString("definition")),
                row.getString("definition_hash"),
                StreamTableRecord.State.of(row.getString("state")),
                readStall(row),
                row.getInt("consecutive_failures"),
                readVersion(row)));
      }
    }
    return records;
  }

  private static Optional<StreamTableRecord.Stall> readStall(ResultSet row) throws SQLException {
    String code = row.getString("stall_code");
    return code == null
        ? Optional.empty()
        : Optional.of(
            new StreamTableRecord.Stall(
                code, row.getString("stall_message"), row.getString("stall_remedy")));
  }

  private static Optional<VersionRecord> readVersion(ResultSet row) throws SQLException {
    long id = row.getLong("version_id");
    if (row.wasNull()) {
      return Optional.empty();
    }
    return Optional.of(
        new VersionRecord(
            id,
            DataSchema.table(row.getString("storage_name")),
            DataSchema.table(row.getString("guard_name")),
            row.getBoolean("populated")
                ? VersionRecord.Population.POPULATED
                : VersionRecord.Population.EMPTY,
            row.getBoolean("gate_open") ? VersionRecord.Gate.OPEN : VersionRecord.Gate.CLOSED));
  }
}
