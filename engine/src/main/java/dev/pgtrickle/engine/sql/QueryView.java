package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Lets PostgreSQL check the user's query by making a temporary view of it. What PostgreSQL refuses
 * is reported in its words, at its place in the user's text.
 */
final class QueryView {
  /** The view's name; it stands in pg_temp and never outlives the analysis. */
  static final String NAME = "pg_temp.\"pgtrickle_query\"";

  private static final String CREATE = "CREATE VIEW " + NAME + " AS\n";

  private final AnalysisSession session;
  private final Refusals refusals;

  QueryView(AnalysisSession session, Refusals refusals) {
    this.session = session;
    this.refusals = refusals;
  }

  /** Creates the view of a single statement without its final semicolon. */
  void create(Connection connection, String query) throws SQLException {
    session.execute("SAVEPOINT before_query");
    try {
      session.execute(CREATE + query);
    } catch (SQLException failure) {
      session.execute("ROLLBACK TO SAVEPOINT before_query");
      if ("42701".equals(failure.getSQLState())) {
        refuseDuplicates(connection, query);
      }
      throw refusal(failure);
    }
  }

  private TrickleException refusal(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    ErrorCode code =
        switch (state) {
          case "42P01", "3F000" -> ErrorCode.SOURCE_MISSING;
          case "42501" -> ErrorCode.PERMISSION_DENIED;
          default -> ofClass(state, failure);
        };
    String remedy =
        switch (code) {
          case SOURCE_MISSING -> "create the relation first, or correct its name";
          case PERMISSION_DENIED -> "grant the right that the message names to the query's owner";
          case PARSE_ERROR -> "correct the query; psql says the same about it";
          case QUERY_TOO_COMPLEX -> "split the query";
          default -> "it is tried again by itself";
        };
    TrickleException refused =
        TrickleException.of(code, SqlErrors.message(failure), remedy).causedBy(state, failure);
    return SqlErrors.offset(failure)
        .map(offset -> offset - CREATE.length())
        .filter(offset -> offset >= 0)
        .map(offset -> refusals.placed(refused, refusals.position(offset)))
        .orElse(refused);
  }

  private static ErrorCode ofClass(String state, SQLException failure) {
    return switch (state.substring(0, Math.min(2, state.length()))) {
      case "42", "0A", "22", "21", "2B", "23", "P0" -> ErrorCode.PARSE_ERROR;
      case "54" -> ErrorCode.QUERY_TOO_COMPLEX;
      default -> SqlErrors.classify(failure);
    };
  }

  /** PostgreSQL names only the first of them, and only in a text that may be translated. */
  private void refuseDuplicates(Connection connection, String query) throws SQLException {
    Set<String> seen = new LinkedHashSet<>();
    Set<String> duplicates = new LinkedHashSet<>();
    try (PreparedStatement described =
        connection.prepareStatement(
            SqlWords.mapOperators(query, operator -> operator.replace("?", "??")))) {
      ResultSetMetaData columns = described.getMetaData();
      for (int column = 1; columns != null && column <= columns.getColumnCount(); column++) {
        String name = columns.getColumnLabel(column);
        if (!seen.add(name)) {
          duplicates.add(name);
        }
      }
    }
    if (!duplicates.isEmpty()) {
      throw refusals.unsupported(
          "two output columns have the same name: " + String.join(", ", duplicates),
          "give every column a name of its own with AS");
    }
  }
}
