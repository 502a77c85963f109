package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Rows of pgtrickle.stream_table. Works in the caller's transaction. */
public final class StreamTableRegistry {
  private static final String BY_ID = StreamTableReader.SELECT + "WHERE st.id = ?";
  private static final String BY_NAME =
      StreamTableReader.SELECT + "WHERE st.relation_schema = ? AND st.relation_name = ?";
  private static final String LOCKED = " FOR NO KEY UPDATE OF st";

  private final DefinitionCodec codec = new DefinitionCodec();
  private final StreamTableReader reader = new StreamTableReader();

  public List<StreamTableRecord> all(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            StreamTableReader.SELECT + "ORDER BY st.relation_schema, st.relation_name")) {
      return reader.read(statement);
    }
  }

  public Optional<StreamTableRecord> find(Connection connection, QualifiedName relation)
      throws SQLException {
    return byName(connection, BY_NAME, relation);
  }

  /** The same, and nobody else changes the row until the transaction ends. */
  public Optional<StreamTableRecord> lock(Connection connection, QualifiedName relation)
      throws SQLException {
    return byName(connection, BY_NAME + LOCKED, relation);
  }

  public Optional<StreamTableRecord> byId(Connection connection, long id) throws SQLException {
    return byId(connection, BY_ID, id);
  }

  /** The same, and nobody else changes the row until the transaction ends. */
  public Optional<StreamTableRecord> lockById(Connection connection, long id) throws SQLException {
    return byId(connection, BY_ID + LOCKED, id);
  }

  /** Claims the relation; a unique violation means that somebody else was first. */
  public long insert(Connection connection, StreamTableDefinition definition) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO pgtrickle.stream_table
              (relation_schema, relation_name, origin_kubernetes, origin_namespace, origin_name,
               origin_uid, definition, definition_hash, state)
            VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, 'creating')
            RETURNING id\
            """)) {
      statement.setString(1, definition.relation().schema().name());
      statement.setString(2, definition.relation().name().name());
      statement.setString(3, definition.origin().kubernetes());
      statement.setString(4, definition.origin().namespace());
      statement.setString(5, definition.origin().name());
      statement.setString(6, definition.origin().uid());
      statement.setString(7, codec.write(definition));
      statement.setString(8, codec.hash(definition));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Writes what is wanted now, by whom. A tombstone is one no more. */
  public void want(Connection connection, long id, StreamTableDefinition definition)
      throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.stream_table
        SET definition = ?::jsonb, definition_hash = ?, revision = revision + 1, pending = NULL,
            origin_kubernetes = ?, origin_namespace = ?, origin_name = ?, origin_uid = ?,
            state = CASE WHEN state IN ('retained', 'orphaned', 'stalled') THEN 'creating'
                    ELSE state END,
            stall_code = NULL, stall_message = NULL, stall_remedy = NULL, release_policy = NULL, released_at = NULL
        WHERE id = ?\
        """,
        codec.write(definition),
        codec.hash(definition),
        definition.origin().kubernetes(),
        definition.origin().namespace(),
        definition.origin().name(),
        definition.origin().uid(),
        id);
  }

  /** Notes a definition that is not accepted, as JSON. */
  public void await(Connection connection, long id, String pendingJson) throws SQLException {
    update(
        connection,
        "UPDATE pgtrickle.stream_table SET pending = ?::jsonb WHERE id = ?",
        pendingJson,
        id);
  }

  /** The owner leaves; what the policy says is still to be done. */
  public void release(Connection connection, long id, DeletionPolicy policy) throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.stream_table
        SET state = 'releasing', release_policy = ?, released_at = clock_timestamp(),
            revision = revision + 1, pending = NULL, drift = '[]', stall_code = NULL,
            stall_message = NULL, stall_remedy = NULL
        WHERE id = ?\
        """,
        policy.word(),
        id);
  }

  /** Nobody's from now on, and still read. */
  public void retire(Connection connection, long id, StreamTableRecord.State tombstone)
      throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.stream_table
        SET state = ?, consecutive_failures = 0, last_failure = NULL, stall_code = NULL,
            stall_message = NULL, stall_remedy = NULL
        WHERE id = ?\
        """,
        tombstone.word(),
        id);
  }

  public void remove(Connection connection, long id) throws SQLException {
    update(connection, "DELETE FROM pgtrickle.stream_table WHERE id = ?", id);
  }

  public void updatePlan(Connection connection, long id, String planJson) throws SQLException {
    update(
        connection, "UPDATE pgtrickle.stream_table SET plan = ?::jsonb WHERE id = ?", planJson, id);
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

  /**
   * A refresh cannot go on until a person acts. Whoever has left the table meanwhile, or wants
   * something else of it, is not overruled.
   */
  public void stall(Connection connection, long id, TrickleException reason) throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.stream_table
        SET state = 'stalled', stall_code = ?, stall_message = ?, stall_remedy = ?
        WHERE id = ? AND state IN ('active', 'stalled')\
        """,
        reason.code().word(),
        reason.what(),
        reason.remedy(),
        id);
  }

  /**
   * What was wanted in this revision is not possible until a person acts. A table that its owner
   * has left stays left, and only says why it is still there.
   */
  public void stall(Connection connection, StreamTableRecord wish, TrickleException reason)
      throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.stream_table
        SET state = CASE WHEN state IN ('releasing', 'orphaned', 'retained') THEN state
                    ELSE 'stalled' END,
            stall_code = ?, stall_message = ?, stall_remedy = ?
        WHERE id = ? AND revision = ?\
        """,
        reason.code().word(),
        reason.what(),
        reason.remedy(),
        wish.id(),
        wish.revision());
  }

  /** A refresh succeeded: what was wrong is over, unless the owner has left meanwhile. */
  public void recover(Connection connection, long id) throws SQLException {
    update(
        connection,
        """
        UPDATE pgtrickle.stream_table
        SET state = 'active', consecutive_failures = 0, stall_code = NULL, stall_message = NULL,
            stall_remedy = NULL
        WHERE id = ? AND state IN ('active', 'stalled')\
        """,
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

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < values.length; index++) {
        statement.setObject(index + 1, values[index]);
      }
      statement.executeUpdate();
    }
  }

  private Optional<StreamTableRecord> byName(
      Connection connection, String sql, QualifiedName relation) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, relation.schema().name());
      statement.setString(2, relation.name().name());
      return reader.read(statement).stream().findFirst();
    }
  }

  private Optional<StreamTableRecord> byId(Connection connection, String sql, long id)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, id);
      return reader.read(statement).stream().findFirst();
    }
  }
}
