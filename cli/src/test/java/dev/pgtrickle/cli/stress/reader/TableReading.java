package dev.pgtrickle.cli.stress.reader;

import dev.pgtrickle.cli.stress.bank.WatchedTable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** One look at one stream table: it is never empty, and its total is always the same. */
record TableReading(WatchedTable table, ReaderFindings findings) {

  /** Whether the table can be read yet. */
  static boolean isPopulated(Connection connection, WatchedTable table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT FROM " + table.relation() + " LIMIT 1");
      return true;
    } catch (SQLException failure) {
      if (isNotYet(failure)) {
        return false;
      }
      throw failure;
    }
  }

  /** undefined_table, object_not_in_prerequisite_state: honest answers before the first load. */
  static boolean isNotYet(SQLException failure) {
    return "42P01".equals(failure.getSQLState()) || "55000".equals(failure.getSQLState());
  }

  void look(Connection connection, String reader) throws SQLException {
    long begin = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query())) {
      row.next();
      check(reader, row.getLong("rows_seen"), row.getBigDecimal("total"));
    } finally {
      findings.read(Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private String query() {
    String total = table.total().map(WatchedTable.Total::column).orElse("NULL::numeric");
    return "SELECT count(*) AS rows_seen, sum(%s) AS total FROM %s"
        .formatted(total, table.relation());
  }

  private void check(String reader, long rows, BigDecimal total) {
    Optional<BigDecimal> wanted = table.total().map(WatchedTable.Total::sum);
    if (rows == 0) {
      findings.wrong(reader + ": " + table.name() + " is empty");
    } else if (wanted.isPresent() && wanted.get().compareTo(total) != 0) {
      findings.wrong(
          "%s: %s shows a total of %s instead of %s"
              .formatted(reader, table.name(), total, wanted.get()));
    }
  }
}
