package dev.pgtrickle.cli.stress.comparison;

import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares tables with their queries as multisets of binary images, each pair in one statement. It
 * shares nothing with the product's own verification.
 */
public record ImageComparison(List<WatchedTable> tables) {

  /** Rows too many and rows missing, by table. */
  public Map<String, Long> differences(Connection connection) throws SQLException {
    Map<String, Long> differences = new TreeMap<>();
    for (WatchedTable table : tables) {
      differences.put(table.name(), new SqlSession(connection).queryLong(statement(table)));
    }
    return differences;
  }

  private static String statement(WatchedTable table) {
    return """
    WITH stored AS (
           SELECT record_send(t) AS image, count(*) AS copies FROM %s AS t GROUP BY 1),
         wanted AS (
           SELECT record_send(q) AS image, count(*) AS copies FROM (%s) AS q GROUP BY 1)
    SELECT coalesce(sum(abs(coalesce(stored.copies, 0) - coalesce(wanted.copies, 0))), 0)
    FROM stored FULL JOIN wanted ON wanted.image = stored.image\
    """
        .formatted(table.relation(), table.query());
  }
}
