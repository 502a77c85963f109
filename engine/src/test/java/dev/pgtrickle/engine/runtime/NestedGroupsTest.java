package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Groups of what groups show: the state of the lower ones is kept, no group is read again. */
class NestedGroupsTest {
  private static final String KEPT =
      """
      SELECT count(*) FROM pg_class
      WHERE relnamespace = 'pgtrickle_data'::regnamespace AND relkind = 'r' AND relname ~ '_groups$'\
      """;

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void randomChanges(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "by_count",
        "SELECT n, count(*) AS customers FROM"
            + " (SELECT customer_id, count(*) AS n FROM sale GROUP BY customer_id) AS q GROUP BY n");
    queries.put(
        "over_left_join",
        "SELECT n, count(*) AS customers FROM (SELECT c.id, count(s.product) AS n FROM customer c"
            + " LEFT JOIN sale s ON s.customer_id = c.id AND s.amount > 5 GROUP BY c.id) AS q GROUP BY n");
    queries.put(
        "of_all",
        "SELECT count(*) AS pairs, sum(n) AS n, avg(n) AS mean, sum(total) AS total FROM"
            + " (SELECT product, customer_id, count(*) AS n, sum(amount) AS total FROM sale"
            + " GROUP BY product, customer_id) AS q");
    queries.put(
        "told_apart",
        "SELECT DISTINCT n % 3 AS rest FROM"
            + " (SELECT product, count(*) AS n FROM sale GROUP BY product) AS q");
    queries.put(
        "of_some",
        "SELECT n, sum(product) AS p FROM (SELECT product, count(*) AS n FROM sale GROUP BY product"
            + " HAVING count(*) > 1 AND product > 1) AS q WHERE n < 9 AND product < 7 GROUP BY n");
    queries.put(
        "by_part_of_the_key",
        "SELECT customer_id, bool_or(n > 1) AS again, count(n) FILTER (WHERE n > 1) AS often,"
            + " bit_xor(n) AS x FROM (SELECT customer_id, product, count(*) AS n FROM sale"
            + " GROUP BY customer_id, product) AS q GROUP BY customer_id");
    queries.put(
        "by_nothing_that_is_there",
        "SELECT count(*) AS groups, sum(n) AS n FROM (SELECT count(*) AS n FROM sale HAVING count(*) > 9)"
            + " AS q");
    queries.put(
        "by_expression",
        "SELECT CASE WHEN mean > 10 THEN 'dear' ELSE region END AS kind, count(*) AS n FROM"
            + " (SELECT c.region, c.boss, avg(s.amount) AS mean FROM customer c"
            + " JOIN sale s ON s.customer_id = c.id GROUP BY c.boss, c.region) AS q GROUP BY 1");
    queries.put(
        "with_distinct_values",
        "SELECT n, count(DISTINCT product % 2) AS kinds FROM"
            + " (SELECT product, count(*) AS n FROM sale GROUP BY product) AS q GROUP BY n");
    DifferentialRun.keeps(version, queries, KEPT, queries.size());
  }

  /** Where the upper groups cannot be added to, they are read again as before. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void othersAreReadAgain(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "greatest",
        "SELECT customer_id, max(n) AS most FROM (SELECT customer_id, product, count(*) AS n"
            + " FROM sale GROUP BY customer_id, product) AS q GROUP BY customer_id");
    queries.put(
        "of_greatest",
        "SELECT count(*) AS n, sum(most) AS total FROM"
            + " (SELECT product, max(amount) AS most FROM sale GROUP BY product) AS q");
    queries.put(
        "by_sum",
        "SELECT total, count(*) AS n FROM"
            + " (SELECT product, sum(amount) AS total FROM sale GROUP BY product) AS q GROUP BY total");
    DifferentialRun.verified(version, queries);
  }

  /** PostgreSQL does not compute them either. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void whatNobodyReadsMayFail(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE ev (id int PRIMARY KEY, kind int NOT NULL, d int NOT NULL)",
          "INSERT INTO ev SELECT n, n % 4, 1 FROM generate_series(1, 20) AS n");
      fixture.start();
      String groups = "SELECT kind, count(*) AS n, sum(10 / d) AS z FROM public.ev GROUP BY kind";
      Map<String, String> queries = new LinkedHashMap<>();
      queries.put(
          "of_common", "WITH q AS (" + groups + ") SELECT n, count(*) AS c FROM q GROUP BY n");
      queries.put("of_derived", "SELECT n, count(*) AS c FROM (" + groups + ") AS q GROUP BY n");
      queries.put(
          "apart",
          "WITH q AS ("
              + groups
              + " HAVING count(*) > 0), r AS (SELECT n, z FROM q) SELECT DISTINCT n FROM r");
      queries.put("shown", "WITH q AS (" + groups + " HAVING count(*) > 0) SELECT n, kind FROM q");
      for (Map.Entry<String, String> query : queries.entrySet()) {
        fixture.bring(fixture.manual(query.getKey(), query.getValue()));
      }
      for (String change :
          List.of("INSERT INTO ev VALUES (21, 1, 0)", "DELETE FROM ev WHERE kind = 1")) {
        fixture.database.execute(change);
        for (Map.Entry<String, String> query : queries.entrySet()) {
          assertThat(fixture.refresh(query.getKey()).mode()).isEqualTo("Differential");
          fixture.assertExact(query.getKey(), query.getValue());
        }
      }
    }
  }

  /** An expression over a lower group is asked of the groups that are there, before and after. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void nothingFailsForGroupsThatAreNot(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE ev (id int PRIMARY KEY, kind int NOT NULL, d int NOT NULL)",
          "INSERT INTO ev SELECT n, n % 4, 1 FROM generate_series(1, 20) AS n");
      fixture.start();
      String query =
          "SELECT share, count(*) AS n FROM (SELECT kind, 100 / sum(d) AS share FROM public.ev"
              + " GROUP BY kind) AS q GROUP BY share";
      fixture.bring(fixture.manual("shares", query));
      for (String change :
          List.of(
              "UPDATE ev SET d = 0 WHERE kind = 1; UPDATE ev SET d = 2 WHERE kind = 1",
              "DELETE FROM ev WHERE kind = 2",
              "INSERT INTO ev SELECT n, 2, n % 2 FROM generate_series(30, 40) AS n")) {
        fixture.database.execute(change);
        assertThat(fixture.refresh("shares").mode()).isEqualTo("Differential");
        fixture.assertExact("shares", query);
      }
    }
  }
}
