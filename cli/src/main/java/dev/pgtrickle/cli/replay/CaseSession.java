package dev.pgtrickle.cli.replay;

import dev.pgtrickle.testbed.cases.CaseStatement;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** The session in which the statements of a case run. A statement that fails is remembered. */
final class CaseSession implements AutoCloseable {
  private static final String CASE_SETTINGS = "SET statement_timeout = '60s'";
  private static final String CONNECTION_LOST = "08";

  private final Connection connection;
  private final List<Happening> happened = new ArrayList<>();

  /**
   * What became of a statement.
   *
   * @param sqlState empty when it ended well
   */
  record Happening(CaseStatement statement, Optional<String> sqlState, String message) {

    /** For people. */
    String words() {
      return "line %d: %s%s"
          .formatted(
              statement.line(),
              statement.shown(),
              sqlState.map(state -> " (" + state + ": " + message + ")").orElse(""));
    }
  }

  private CaseSession(Connection connection) {
    this.connection = connection;
  }

  static CaseSession open(CaseDatabase database) throws SQLException {
    Connection connection = database.connect();
    new SqlSession(connection).execute(CASE_SETTINGS);
    return new CaseSession(connection);
  }

  Connection connection() {
    return connection;
  }

  void run(CaseStatement statement) throws SQLException {
    Optional<SQLException> failure = execute(statement.text());
    happened.add(
        new Happening(
            statement,
            failure.map(SQLException::getSQLState),
            failure.map(CaseSession::firstLine).orElse("")));
    if (failure.map(SQLException::getSQLState).orElse("").startsWith(CONNECTION_LOST)) {
      throw failure.get();
    }
  }

  /** Everything so far, in order. */
  List<Happening> happened() {
    return List.copyOf(happened);
  }

  List<Happening> failures() {
    return happened.stream().filter(one -> one.sqlState().isPresent()).toList();
  }

  /** A refresh would neither see what is not committed nor get past its locks. */
  boolean isInTransaction() throws SQLException {
    return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
  }

  /** What a client does that goes away. */
  void endTransaction() throws SQLException {
    if (isInTransaction()) {
      new SqlSession(connection).execute("ROLLBACK");
    }
  }

  /** Why the query cannot be computed over the rows that are there; empty when it can. */
  Optional<String> queryFailure(String query) {
    return execute(query).map(failure -> failure.getSQLState() + ": " + firstLine(failure));
  }

  /** Where names without a schema are found first. */
  String schema() throws SQLException {
    return Optional.ofNullable(new SqlSession(connection).queryText("SELECT current_schema()"))
        .orElse("public");
  }

  private Optional<SQLException> execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            // Only whether it can be computed matters.
          }
        }
      }
      return Optional.empty();
    } catch (SQLException failure) {
      return Optional.of(failure);
    }
  }

  private static String firstLine(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
