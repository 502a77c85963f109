package dev.pgtrickle.cli.stress;

import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepared transactions that no session will finish any more. */
final class PreparedTransactions {
  private PreparedTransactions() {}

  static void commitAll(Connection connection) throws SQLException {
    SqlSession session = new SqlSession(connection);
    for (List<@Nullable Object> row :
        session.query(
            """
            SELECT quote_literal(gid) FROM pg_prepared_xacts
            WHERE database = current_database()\
            """)) {
      session.execute("COMMIT PREPARED " + row.getFirst());
    }
  }
}
