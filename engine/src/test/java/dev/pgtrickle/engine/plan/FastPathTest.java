package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The small delta touches what changed, whatever the size of the storage. */
class FastPathTest {
  private static final int FEW_KEYS = 2_400;
  private static final int ROWS = Integer.getInteger("fast.path.rows", 20_000);

  static Stream<Arguments> cases() {
    return TestServers.versions().stream()
        .flatMap(version ->
            Stream.of(
                    "SELECT id, a FROM t",
                    "SELECT a, b, f FROM t",
                    "SELECT id, count(*) AS n, sum(b) AS s FROM t GROUP BY id",
                    "SELECT a, count(*) AS n, sum(n) AS s FROM t GROUP BY a")
                .map(query -> Arguments.of(version, query)));
  }

  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("cases")
  void storageIsNeverScanned(PostgresVersion version, String query) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      Sessions.installSchemas(database);
      database.execute(
          "CREATE TABLE t (id int PRIMARY KEY, a text, b int, n numeric(10,2), f float8)",
          "INSERT INTO t SELECT i, 'a' || i, i, i, i FROM generate_series(1, " + ROWS + ") AS i");
      try (Connection connection = Sessions.pinned(database)) {
        CapturedTable source =
            CapturedTable.capture(connection, QualifiedName.of("public", "t"), 7);
        MaintainedQuery maintained =
            MaintainedQuery.create(
                connection, source, query, "stored", new StatementPlanner(new WindowPredicate()));
        SqlSession session = new SqlSession(connection);
        session.execute("ANALYZE pgtrickle_data.stored", "SET enable_seqscan = off");
        String snapshot = session.queryText("SELECT pg_current_snapshot()::text");
        session.execute("UPDATE public.t SET b = b + 1, f = f + 1, n = n + 1 WHERE id = 77");
        String plan = explain(connection, maintained, source, snapshot);
        assertThat(plan).doesNotContain("Seq Scan").contains("Index").contains("Tid Scan");
      }
    }
  }

  static Stream<Arguments> queriesOfFewRows() {
    return TestServers.versions().stream()
        .flatMap(version ->
            Stream.of(
                    "SELECT id, b FROM t WHERE id <= " + FEW_KEYS,
                    "SELECT g, count(*) AS n, sum(b) AS s FROM t GROUP BY g",
                    "SELECT n, count(*) AS groups FROM (SELECT g, count(*) AS n FROM t GROUP BY g)"
                        + " AS q GROUP BY n")
                .map(query -> Arguments.of(version, query)));
  }

  /**
   * A bound of a thousand changes is not a thousand keys: a storage that is not much larger than
   * that would be read from end to end, in the order of its index, for a handful of them.
   */
  @ParameterizedTest(name = "{1} on {0}")
  @MethodSource("queriesOfFewRows")
  void aStorageOfFewRowsIsAskedKeyByKey(PostgresVersion version, String query) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      Sessions.installSchemas(database);
      database.execute(
          "CREATE TABLE t (id int PRIMARY KEY, g int NOT NULL, b int)",
          "INSERT INTO t SELECT i, i %% %d, i FROM generate_series(1, %d) AS i"
              .formatted(FEW_KEYS, ROWS));
      try (Connection connection = Sessions.pinned(database)) {
        CapturedTable source =
            CapturedTable.capture(connection, QualifiedName.of("public", "t"), 7);
        SqlSession session = new SqlSession(connection);
        session.execute("UPDATE public.t SET b = b + 1");
        MaintainedQuery maintained =
            MaintainedQuery.create(
                connection, source, query, "stored", new StatementPlanner(new WindowPredicate()));
        for (QualifiedName buffer : source.window().buffers()) {
          session.execute("ANALYZE " + buffer.quoted());
        }
        session.execute("ANALYZE pgtrickle_data.stored", "SET enable_seqscan = off");
        String snapshot = session.queryText("SELECT pg_current_snapshot()::text");
        session.execute("UPDATE public.t SET b = b + 1 WHERE id = 77");
        String plan = explain(connection, maintained, source, snapshot);
        assertThat(plan).contains("Tid Scan").doesNotContain("Merge ").doesNotContain("Hash Left");
      }
    }
  }

  /** The plan that a prepared statement has for good: the session forces a generic one. */
  private static String explain(
      Connection connection, MaintainedQuery maintained, CapturedTable source, String snapshot)
      throws SQLException {
    ApplyStatement apply =
        maintained
            .statements()
            .smallDelta(
                List.of(source.window()),
                java.util.Set.of(source.window().relationOid()),
                RowBound.THOUSAND);
    String oldest = snapshot.substring(0, snapshot.indexOf(':'));
    String with =
        apply
            .withClause()
            .replace("?::xid8", "$1::xid8")
            .replace("?::pg_snapshot", "$2::pg_snapshot");
    StringBuilder plan = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "PREPARE small_delta AS "
              + with
              + " SELECT (SELECT count(*) FROM deleted), (SELECT count(*) FROM updated),"
              + " (SELECT count(*) FROM inserted)");
      String explain =
          "EXPLAIN (ANALYZE, BUFFERS) EXECUTE small_delta ('%s', '%s')".formatted(oldest, snapshot);
      // The first run plans and warms the caches.
      for (int run = 0; run < 2; run++) {
        plan.setLength(0);
        statement.execute("BEGIN");
        try (ResultSet line = statement.executeQuery(explain)) {
          while (line.next()) {
            plan.append(line.getString(1)).append('\n');
          }
        }
        statement.execute("ROLLBACK");
      }
    }
    if (Boolean.getBoolean("fast.path.print")) {
      System.err.println(plan);
    }
    return plan.toString();
  }
}
