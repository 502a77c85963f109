package dev.pgtrickle.testbed.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short forms of what tests do with a connection, which stays the caller's to close. */
public record SqlSession(Connection connection) {
  /** Runs statements in order. */
  public void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of a query; values are as the driver gives them. */
  public List<List<@Nullable Object>> query(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet result = statement.executeQuery()) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>(columns);
        for (int column = 1; column <= columns; column++) {
          row.add(result.getObject(column));
        }
        rows.add(Collections.unmodifiableList(row));
      }
      return rows;
    }
  }

  /** The first value of the first row, as PostgreSQL prints it. */
  public @Nullable String queryText(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet result = statement.executeQuery()) {
      requireRow(result, sql);
      return result.getString(1);
    }
  }

  /** The first value of the first row, which has to be a number. */
  public long queryLong(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet result = statement.executeQuery()) {
      requireRow(result, sql);
      return result.getLong(1);
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int index = 0; index < parameters.length; index++) {
      statement.setObject(index + 1, parameters[index]);
    }
    return statement;
  }

  private static void requireRow(ResultSet result, String sql) throws SQLException {
    if (!result.next()) {
      throw new SQLException("No row: " + sql);
    }
  }
}
