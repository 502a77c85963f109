package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * P3: waits until every transaction that was writing the source when the barrier began has ended.
 * Such a writer may still be inside an older body of a capture function, and what that body records
 * is not what the newer one would. Only a snapshot taken after the barrier knows nothing but
 * writers that the newer body has captured.
 */
public class Barrier {

  /** Needs a committed change of the capture before it, and a transaction of its own. */
  public void pass(FencedTransactions transactions, QualifiedName relation, Duration budget) {
    try {
      transactions.politely(budget, connection -> lock(connection, relation));
    } catch (TrickleException failure) {
      if (failure.code() != ErrorCode.PERMISSION_DENIED) {
        throw failure;
      }
      transactions.politely(budget, connection -> createAndForgetTrigger(connection, relation));
    }
  }

  private static boolean lock(Connection connection, QualifiedName relation) throws SQLException {
    return execute(connection, "LOCK TABLE " + relation.quoted() + " IN SHARE ROW EXCLUSIVE MODE");
  }

  /** CREATE TRIGGER takes the same lock, and the right to create triggers is enough for it. */
  private static boolean createAndForgetTrigger(Connection connection, QualifiedName relation)
      throws SQLException {
    execute(connection, "SAVEPOINT barrier");
    execute(
        connection,
        """
        CREATE TRIGGER pgtrickle_barrier BEFORE UPDATE ON %s
        FOR EACH ROW EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()\
        """
            .formatted(relation.quoted()));
    return execute(connection, "ROLLBACK TO SAVEPOINT barrier");
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }
}
