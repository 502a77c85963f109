package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.definition.RefreshMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * pgtrickle.request: SQL users and the CLI only ask; the worker acts in a transaction of its own
 * (P15: a refresh inside the caller's transaction would count the caller's own changes twice).
 */
public final class RequestQueue {

  /** Asks; the id serves to see what became of it. */
  public long enqueue(Connection connection, String schema, String name, Optional<RefreshMode> mode)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pgtrickle.refresh_stream_table(?, ?, ?)")) {
      statement.setString(1, schema);
      statement.setString(2, name);
      statement.setString(3, mode.map(RefreshMode::word).orElse(null));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The same under the asker's own name for it; asked twice, it is asked once. */
  public void enqueueOnce(
      Connection connection, String schema, String name, Optional<RefreshMode> mode, String token)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pgtrickle.refresh_stream_table(?, ?, ?, ?)")) {
      statement.setString(1, schema);
      statement.setString(2, name);
      statement.setString(3, mode.map(RefreshMode::word).orElse(null));
      statement.setString(4, token);
      statement.execute();
    }
  }

  /** Requests that nobody has begun, and those that a dead worker left Running. */
  public List<RefreshRequest> open(Connection connection) throws SQLException {
    List<RefreshRequest> requests = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT id, stream_table_id, mode FROM pgtrickle.request
                WHERE state IN ('Accepted', 'Running') ORDER BY id\
                """)) {
      while (row.next()) {
        requests.add(
            new RefreshRequest(
                row.getLong("id"), row.getLong("stream_table_id"), mode(row.getString("mode"))));
      }
    }
    return requests;
  }

  public void markRunning(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE pgtrickle.request SET state = 'Running' WHERE id = ?")) {
      statement.setLong(1, id);
      statement.executeUpdate();
    }
  }

  public void finish(Connection connection, long id, RequestState state) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            UPDATE pgtrickle.request
            SET state = ?, finished_at = clock_timestamp(), error_code = ?, message = ?
            WHERE id = ?\
            """)) {
      statement.setString(1, state.word());
      statement.setString(2, state.errorCode().orElse(null));
      statement.setString(3, state.message());
      statement.setLong(4, id);
      statement.executeUpdate();
    }
  }

  /** How a request stands; empty where there is none of that id. */
  public Optional<RequestState> state(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT state, error_code, message FROM pgtrickle.request WHERE id = ?")) {
      statement.setLong(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new RequestState(
                    row.getString("state"),
                    Optional.ofNullable(row.getString("error_code")),
                    Optional.ofNullable(row.getString("message")).orElse("")))
            : Optional.empty();
      }
    }
  }

  /** Finished requests are kept for a week. */
  public void prune(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "DELETE FROM pgtrickle.request WHERE finished_at < now() - interval '7 days'");
    }
  }

  private static Optional<RefreshMode> mode(@Nullable String word) {
    if (word == null) {
      return Optional.empty();
    }
    return Optional.of(word.equals("Full") ? RefreshMode.FULL : RefreshMode.DIFFERENTIAL);
  }
}
