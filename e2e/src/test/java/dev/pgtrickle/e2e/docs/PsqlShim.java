package dev.pgtrickle.e2e.docs;

import dev.pgtrickle.binding.connection.PostgresUrl;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Does for the documentation's tests what psql does: {@code URL -c SQL}, rows in columns; the
 * password comes from PGPASSWORD.
 */
public final class PsqlShim {
  private PsqlShim() {}

  public static void main(String[] arguments) {
    ConnectionTarget target = PostgresUrl.parse(arguments[0]).target(System.getenv());
    try (Connection connection =
            DriverManager.getConnection(target.url(), target.user(), target.password());
        Statement statement = connection.createStatement()) {
      if (statement.execute(arguments[2])) {
        print(statement.getResultSet());
      }
    } catch (SQLException failure) {
      System.err.println("ERROR: " + failure.getSQLState() + ": " + failure.getMessage());
      System.exit(1);
    }
  }

  private static void print(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    List<String[]> rows = new ArrayList<>();
    int[] widths = new int[columns];
    String[] row = new String[columns];
    for (int column = 0; column < columns; column++) {
      row[column] = result.getMetaData().getColumnLabel(column + 1);
    }
    rows.add(row);
    while (result.next()) {
      row = new String[columns];
      for (int column = 0; column < columns; column++) {
        row[column] = result.getString(column + 1);
      }
      rows.add(row);
    }
    for (String[] cells : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], cells[column].length());
      }
    }
    for (int line = 0; line < rows.size(); line++) {
      List<String> cells = new ArrayList<>();
      List<String> rules = new ArrayList<>();
      for (int column = 0; column < columns; column++) {
        String cell = rows.get(line)[column];
        String padding = " ".repeat(widths[column] - cell.length());
        // Headings in the middle, numbers to the right.
        String left = padding.substring(0, padding.length() / 2);
        cells.add(
            " "
                + (line == 0 ? left + cell + padding.substring(left.length()) : padding + cell)
                + " ");
        rules.add("-".repeat(widths[column] + 2));
      }
      System.out.println(String.join("|", cells).stripTrailing());
      if (line == 0) {
        System.out.println(String.join("+", rules));
      }
    }
  }
}
