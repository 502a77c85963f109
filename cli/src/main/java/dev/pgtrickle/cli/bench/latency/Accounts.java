package dev.pgtrickle.cli.bench.latency;

import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The table that is changed: accounts of branches, each with balance 0.
 *
 * @param rows number of accounts; account {@code id} belongs to branch {@code id % branches}
 */
record Accounts(int rows, int branches) {
  private static final int ROWS_IN_BRANCH = 100;

  static Accounts of(int rows) {
    return new Accounts(rows, Math.max(1, rows / ROWS_IN_BRANCH));
  }

  void create(Connection connection, String table) throws SQLException {
    new SqlSession(connection)
        .execute(
            """
            CREATE TABLE %s (
              id      integer PRIMARY KEY,
              branch  integer NOT NULL,
              balance integer NOT NULL,
              note    text NOT NULL
            ) WITH (fillfactor = 90)\
            """
                .formatted(table),
            "INSERT INTO %s SELECT id, id %% %d, 0, 'account ' || id FROM generate_series(0, %d) AS id"
                .formatted(table, branches, rows - 1),
            "VACUUM ANALYZE " + table);
  }
}
