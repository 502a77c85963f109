package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.TestServers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A query within an expression of groups has no delta rule yet: said so, and kept in full. One in a
 * key is the same query where it stands again above the groups.
 */
class QueriesWithinGroupsTest {
  private static final Map<String, String> QUERIES =
      Map.of(
          "of_a_common_table",
          "SELECT k, (WITH w AS (SELECT max(z) AS m FROM public.u WHERE u.id > t.k) SELECT m FROM w) AS m,"
              + " count(*) AS n FROM public.t GROUP BY k",
          "in_an_argument",
          "SELECT k, sum(CASE WHEN y IN (SELECT z FROM public.u) THEN 1 ELSE 0 END) AS n FROM public.t GROUP BY k",
          "in_an_array",
          "SELECT k, sum(cardinality(ARRAY(SELECT z FROM public.u WHERE u.id > t.y))) AS n FROM public.t GROUP BY k",
          "beside_groups",
          "SELECT k, sum(y) AS n, ARRAY(SELECT z FROM public.u WHERE u.id < t.k ORDER BY z) AS a FROM public.t GROUP BY k",
          "of_some_groups",
          "SELECT k, sum(CASE WHEN y IN (SELECT z FROM public.u) THEN 1 ELSE 0 END) AS n FROM public.t GROUP BY k"
              + " HAVING count(*) > 1",
          "of_distinct_values",
          "SELECT k, count(DISTINCT y) FILTER (WHERE y IN (SELECT z FROM public.u)) AS n FROM public.t GROUP BY k",
          "in_a_key",
          "SELECT cardinality(ARRAY(SELECT z FROM public.u WHERE u.id > t.y)) AS c, count(*) AS n FROM public.t GROUP BY 1",
          "as_a_key",
          "SELECT (SELECT max(z) FROM public.u WHERE u.id > t.y) AS m, count(*) AS n FROM public.t GROUP BY 1"
              + " HAVING (SELECT max(z) FROM public.u WHERE u.id > t.y) > 3",
          "in_sets",
          "SELECT (SELECT max(z) FROM public.u WHERE u.id > t.y) AS m, k, count(*) AS n FROM public.t"
              + " GROUP BY GROUPING SETS ((1), (2), ())");

  @Test
  void theyAreKeptInFull() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(
          "CREATE TABLE t (id int PRIMARY KEY, k int, y int)",
          "CREATE TABLE u (id int PRIMARY KEY, z int)",
          "INSERT INTO t SELECT n, n % 3, n % 7 FROM generate_series(1, 40) AS n",
          "INSERT INTO u SELECT n, n * 2 FROM generate_series(1, 4) AS n");
      fixture.start();
      for (Map.Entry<String, String> query : QUERIES.entrySet()) {
        StreamTableReport report = fixture.bring(fixture.manual(query.getKey(), query.getValue()));
        assertThat(report.mode()).as(query.getKey()).isEqualTo("Full");
        assertThat(report.reason()).as(query.getKey()).contains("a sub-query");
      }
      for (String change :
          List.of("DELETE FROM u WHERE z = 4", "INSERT INTO t VALUES (41, 5, 2), (42, 5, 4)")) {
        fixture.database.execute(change);
        for (Map.Entry<String, String> query : QUERIES.entrySet()) {
          fixture.refresh(query.getKey());
          fixture.assertExact(query.getKey(), query.getValue());
        }
      }
    }
  }
}
