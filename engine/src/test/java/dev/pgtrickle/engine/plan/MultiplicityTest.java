package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * A change that does not fit what is stored fails, with the row in the detail; it is never clamped.
 */
class MultiplicityTest {

  /** The query, captured rows (weight, id, a, b) that cannot be, and the row that is named. */
  private static final String[][] IMPOSSIBLE = {
    {"SELECT a, b FROM t", "(-1, 1, 9, 9)", "(9,9)"},
    {"SELECT a, b FROM t", "(-1, 1, 1, 1), (-1, 1, 1, 1)", "(1,1)"},
    {"SELECT id, a FROM t", "(-1, 7, 1, 1)", "(7,1)"},
    {"SELECT id, a FROM t", "(-1, 1, 5, 1)", "(1,5)"},
    {"SELECT id, a FROM t", "(1, 1, 1, 1)", "(1,1)"},
    {"SELECT id, a FROM t", "(1, 8, 1, 1), (1, 8, 2, 1)", "(8,1)"},
    {"SELECT a, 1 / count(*) AS n FROM t GROUP BY a", "(-1, 1, 77, 1)", "(77)"},
    {"SELECT b, count(*) FROM t GROUP BY b", "(-1, 1, 1, 77)", "(77)"},
    {"SELECT count(*) FROM t", "(-1, 1, 1, 1), (-1, 1, 1, 1)", "the only row"}
  };

  @Test
  void whatDoesNotFitFailsAndChangesNothing() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      Sessions.installSchemas(database);
      database.execute(
          "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL, b int)",
          "INSERT INTO t VALUES (1, 1, 1)");
      try (Connection connection = Sessions.pinned(database)) {
        CapturedTable source =
            CapturedTable.capture(connection, QualifiedName.of("public", "t"), 7);
        for (int index = 0; index < IMPOSSIBLE.length; index++) {
          MaintainedQuery maintained =
              MaintainedQuery.create(
                  connection,
                  source,
                  IMPOSSIBLE[index][0],
                  "stored_" + index,
                  new StatementPlanner(new WindowPredicate()));
          new SqlSession(connection)
              .execute(
                  "INSERT INTO pgtrickle_data.changes_7_1_a (weight, marker, c1, c2, c3, xid)"
                      + " SELECT weight, 0, c1, c2, c3, pg_current_xact_id() FROM (VALUES "
                      + IMPOSSIBLE[index][1]
                      + ") AS captured (weight, c1, c2, c3)");
          assertRefused(maintained::refreshSmall, IMPOSSIBLE[index][2]);
          assertRefused(maintained::refreshLarge, IMPOSSIBLE[index][2]);
          assertThat(maintained.differences()).isEqualTo("0");
        }
      }
    }
  }

  private static void assertRefused(ThrowingCallable refresh, String row) {
    assertThatThrownBy(refresh)
        .isInstanceOfSatisfying(
            SQLException.class,
            failure -> {
              assertThat(failure.getSQLState()).isEqualTo("23514");
              assertThat(SqlErrors.constraint(failure)).contains(StorageDdl.MULTIPLICITY.name());
              assertThat(SqlErrors.detail(failure)).contains(row);
            });
  }

  @Test
  void checkConstraintStandsBehindIt() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      Sessions.installSchemas(database);
      database.execute("CREATE TABLE t (a int NOT NULL)");
      try (Connection connection = Sessions.pinned(database)) {
        MaintenancePlan plan =
            MaintainedQuery.compile(connection, "SELECT a, count(*) AS n FROM t GROUP BY a");
        SqlSession session = new SqlSession(connection);
        for (String statement :
            new StorageDdl(plan, QualifiedName.of("pgtrickle_data", "s")).statements()) {
          session.execute(statement);
        }
        assertThatThrownBy(() -> session.execute("INSERT INTO pgtrickle_data.s VALUES (1, 0, 0)"))
            .isInstanceOfSatisfying(
                SQLException.class,
                failure ->
                    assertThat(SqlErrors.constraint(failure))
                        .contains(StorageDdl.MULTIPLICITY.name()));
      }
    }
  }
}
