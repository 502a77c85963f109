package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.plan.Sessions;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Snapshots that are made of others see exactly what they should (P4, P11). */
class SnapshotFunctionsTest {
  private static final long SEED = 20261124;
  private static final int PAIRS = 300;
  private static final int FIRST = 95;
  private static final int LAST = 125;

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void everyTransactionIsSeenAsItShouldBe(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      Sessions.installSchemas(database);
      database.execute("CREATE TABLE pair (a pg_snapshot, b pg_snapshot, own xid8)");
      Random random = new Random(SEED);
      database.execute("INSERT INTO pair VALUES " + pairs(random));
      assertThat(
              database.query(
                  """
                  SELECT pair.*, x, pg_visible_in_snapshot(x, a) AS in_a,
                    pg_visible_in_snapshot(x, b) AS in_b,
                    pgtrickle.snapshot_intersection(a, b), pgtrickle.snapshot_union(a, b),
                    pgtrickle.snapshot_with(a, own)
                  FROM pair
                  CROSS JOIN generate_series(%d, %d) AS number
                  CROSS JOIN LATERAL (SELECT number::text::xid8 AS x) AS transaction
                  WHERE pg_visible_in_snapshot(x, pgtrickle.snapshot_intersection(a, b))
                      <> (pg_visible_in_snapshot(x, a) AND pg_visible_in_snapshot(x, b))
                    OR pg_visible_in_snapshot(x, pgtrickle.snapshot_union(a, b))
                      <> (pg_visible_in_snapshot(x, a) OR pg_visible_in_snapshot(x, b))
                    OR pg_visible_in_snapshot(x, pgtrickle.snapshot_with(a, own))
                      <> (pg_visible_in_snapshot(x, a) OR x = own)\
                  """
                      .formatted(FIRST, LAST)))
          .isEmpty();
      assertThat(
              database.query(
                  """
                  SELECT * FROM pair
                  WHERE NOT pgtrickle.snapshot_within(pgtrickle.snapshot_intersection(a, b), a)
                    OR NOT pgtrickle.snapshot_within(pgtrickle.snapshot_intersection(a, b), b)
                    OR NOT pgtrickle.snapshot_within(a, pgtrickle.snapshot_union(a, b))
                    OR NOT pgtrickle.snapshot_within(b, pgtrickle.snapshot_union(a, b))
                    OR NOT pgtrickle.snapshot_within(a, pgtrickle.snapshot_with(a, own))\
                  """))
          .isEmpty();
    }
  }

  /**
   * One reader's frontier contains the transaction that wrote it, the other's is a little later and
   * does not: neither sees all that the other does.
   */
  @Test
  void cleaningKeepsWhatOneOfThePinsDoesNotSee() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      Sessions.installSchemas(database);
      database.execute(
          """
          CREATE TABLE pin AS SELECT * FROM (VALUES
            (7::bigint, true, '100:106:100,101,102,103,104'::pg_snapshot),
            (7::bigint, true, '101:109:101,105,108'::pg_snapshot)) AS p (source_id, pinned, snapshot)\
          """);
      String bound = new PinRule().bound(7).replace("pgtrickle.frontier", "pin");
      assertThat(database.queryText(bound)).isEqualTo("100:106:100,101,102,103,104,105");
      String horizon =
          new HorizonRule().raised("'100:101:'::pg_snapshot", "(" + bound + ")::pg_snapshot");
      assertThat(database.queryText("SELECT (" + horizon + ")::text"))
          .isEqualTo("100:106:101,102,103,104,105");
    }
  }

  private static String pairs(Random random) {
    List<String> rows = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      rows.add(
          "('%s', '%s', '%d')"
              .formatted(snapshot(random), snapshot(random), 100 + random.nextInt(20)));
    }
    return String.join(", ", rows);
  }

  private static String snapshot(Random random) {
    int least = 100 + random.nextInt(10);
    int next = least + random.nextInt(10);
    String running =
        random
            .ints(least, next + 1)
            .limit(random.nextInt(6))
            .filter(transaction -> transaction < next)
            .distinct()
            .sorted()
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    return least + ":" + next + ":" + running;
  }
}
