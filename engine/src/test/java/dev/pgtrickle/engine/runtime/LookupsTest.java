package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.TestServers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where no index leads to the rows that a delta asks for, a table is read once and not once for
 * each changed row: a refresh must never cost more than the query.
 */
class LookupsTest {
  private static final int ROWS = 2_000;
  private static final int CHANGED = 100;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "left join|SELECT r.id, s.id AS other FROM public.r LEFT JOIN public.s ON s.k = r.k",
        "full join|SELECT r.id, s.id AS other FROM public.r FULL JOIN public.s ON s.k = r.k",
        "exists|SELECT id FROM public.r WHERE EXISTS (SELECT FROM public.s WHERE s.k = r.k)",
        "not in|SELECT id FROM public.r WHERE k NOT IN (SELECT k FROM public.s)",
        "group of groups|SELECT n % 7 AS g, array_agg(n ORDER BY n) AS ns FROM (SELECT k, sum(id) AS n FROM"
            + " public.r GROUP BY k) q GROUP BY n % 7",
        "join of groups|SELECT s.id, q.k FROM public.s JOIN (SELECT k, count(*) AS n FROM public.r GROUP BY k) q"
            + " ON q.n = s.k",
        "nullable keys|SELECT k, l, array_agg(id ORDER BY id) AS ids FROM public.r GROUP BY k, l",
        "extremes|SELECT l, max(k) AS k FROM public.r GROUP BY l"
      })
  void aTableIsReadOnce(String name, String query) throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(
          "CREATE TABLE r (id int PRIMARY KEY, k int, l int)",
          "CREATE TABLE s (id int PRIMARY KEY, k int)",
          "INSERT INTO r SELECT n, n %% 500, nullif(n %% 40, 0) FROM generate_series(1, %d) AS n"
              .formatted(ROWS),
          "INSERT INTO s SELECT n, n %% 700 FROM generate_series(1, %d) AS n".formatted(ROWS),
          "ANALYZE r, s");
      fixture.start();
      fixture.bring(fixture.manual("looked_up", query));
      fixture.database.execute(
          "UPDATE r SET k = nullif(k + 1, 7), l = nullif(l, 3) WHERE id <= " + CHANGED,
          "UPDATE s SET k = k + 1 WHERE id <= " + CHANGED);
      long before = rowsRead(fixture);
      assertThat(fixture.refresh("looked_up").mode()).isEqualTo("Differential");
      assertThat(rowsRead(fixture) - before).as("rows read").isLessThan(12L * ROWS);
      fixture.assertExact("looked_up", query);
    }
  }

  private static long rowsRead(EngineFixture fixture) throws Exception {
    // Sessions report what they read when they are idle, at most once a second.
    Thread.sleep(1_200);
    return fixture.database.queryLong(
        """
        SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables
        WHERE schemaname = 'public'\
        """);
  }
}
