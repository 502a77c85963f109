package dev.pgtrickle.cli.bench;

import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;

/** PostgreSQL's own way, in a session of its own. */
public record MaterializedView(Connection connection, String relation, String word) {
  private static final double NANOS_IN_MILLI = 1e6;

  /** Filled, and refreshed so that readers wait. */
  public static MaterializedView plain(Connection connection, String relation, String query)
      throws SQLException {
    new SqlSession(connection).execute("CREATE MATERIALIZED VIEW " + relation + " AS " + query);
    return new MaterializedView(connection, relation, "");
  }

  /**
   * Filled, and refreshed by its difference.
   *
   * @param key columns that tell the rows apart
   */
  public static MaterializedView concurrent(
      Connection connection, String relation, String query, String key) throws SQLException {
    MaterializedView view = plain(connection, relation, query);
    new SqlSession(connection)
        .execute("CREATE UNIQUE INDEX ON " + relation + " (" + key + ")", "ANALYZE " + relation);
    return new MaterializedView(view.connection, relation, "CONCURRENTLY ");
  }

  /** The time from the beginning of the transaction up to its commit. */
  public double refresh() throws SQLException {
    SqlSession session = new SqlSession(connection);
    long before = System.nanoTime();
    session.execute("BEGIN", "REFRESH MATERIALIZED VIEW " + word + relation);
    double millis = (System.nanoTime() - before) / NANOS_IN_MILLI;
    session.execute("COMMIT");
    return millis;
  }
}
