package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * P3: waits until every transaction that was writing the source when the barrier began has ended.
 * Such a writer may still be inside an older body of a capture function, and what that body records
 * is not what the newer one would. Only a snapshot taken after the barrier knows nothing but
 * writers that the newer body has captured.
 */
public class Barrier {

  /** Needs a committed change of the capture before it, and a transaction of its own. */
  public void pass(
      FencedTransactions transactions, Collection<QualifiedName> relations, Duration budget) {
    try {
      transactions.politely(budget, connection -> lock(connection, relations));
    } catch (TrickleException failure) {
      if (failure.code() != ErrorCode.PERMISSION_DENIED) {
        throw failure;
      }
      transactions.politely(budget, connection -> createAndForgetTriggers(connection, relations));
    }
  }

  private static boolean lock(Connection connection, Collection<QualifiedName> relations)
      throws SQLException {
    String names = relations.stream().map(QualifiedName::quoted).collect(Collectors.joining(", "));
    return execute(connection, "LOCK TABLE " + names + " IN SHARE ROW EXCLUSIVE MODE");
  }

  private static boolean createAndForgetTriggers(
      Connection connection, Collection<QualifiedName> relations) throws SQLException {
    for (QualifiedName relation : relations) {
      createAndForgetTrigger(connection, relation);
    }
    return true;
  }

  /** CREATE TRIGGER takes the same lock, and the right to create triggers is enough for it. */
  private static void createAndForgetTrigger(Connection connection, QualifiedName relation)
      throws SQLException {
    execute(connection, "SAVEPOINT barrier");
    execute(
        connection,
        """
        CREATE TRIGGER pgtrickle_barrier BEFORE UPDATE ON %s
        FOR EACH ROW EXECUTE FUNCTION pg_catalog.suppress_redundant_updates_trigger()\
        """
            .formatted(relation.quoted()));
    execute(connection, "ROLLBACK TO SAVEPOINT barrier");
  }

  private static boolean execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute(sql);
    }
  }
}
