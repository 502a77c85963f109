package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Aggregates of distinct values: the values of each group are kept, with how often they are there.
 */
class DistinctValuesTest {
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
        "by_key", "SELECT product, count(DISTINCT customer_id) AS c FROM sale GROUP BY product");
    queries.put("of_all", "SELECT count(DISTINCT product) AS p, count(*) AS n FROM sale");
    queries.put(
        "with_others",
        "SELECT customer_id, count(DISTINCT product) AS c, sum(DISTINCT product) AS d, sum(amount) AS total,"
            + " avg(amount) AS mean, count(amount) AS n, avg(product) AS m, bool_and(product > 2) AS b,"
            + " bit_xor(product) AS x FROM sale GROUP BY customer_id");
    queries.put(
        "mean_of_distinct",
        "SELECT day, avg(DISTINCT product) AS mean, avg(DISTINCT product) * 2 AS doubled FROM sale GROUP BY day");
    queries.put(
        "filtered",
        "SELECT customer_id, count(DISTINCT product) FILTER (WHERE amount > 5) AS c,"
            + " count(DISTINCT product) AS d, count(*) FILTER (WHERE amount > 5) AS n,"
            + " sum(amount) FILTER (WHERE product = 1) AS part FROM sale GROUP BY customer_id");
    queries.put(
        "of_an_expression",
        "SELECT region, count(DISTINCT lower(name) || 'x') + 1 AS c FROM customer GROUP BY region");
    queries.put(
        "over_join",
        "SELECT c.region, count(DISTINCT s.product) AS p, max(DISTINCT s.product) IS NULL AS none"
            + " FROM customer c LEFT JOIN sale s ON s.customer_id = c.id GROUP BY c.region");
    queries.put(
        "of_joined",
        "SELECT c.region, count(DISTINCT s.product) AS p FROM customer c LEFT JOIN sale s"
            + " ON s.customer_id = c.id GROUP BY c.region");
    queries.put(
        "of_the_key",
        "SELECT product + 1 AS k, count(DISTINCT (product + 1)) AS c,"
            + " count(*) AS n FROM sale GROUP BY product + 1");
    queries.put(
        "of_some_rows",
        "SELECT customer_id, count(DISTINCT 100 / (product - 1)) FILTER (WHERE product <> 1) AS c"
            + " FROM sale GROUP BY customer_id");
    queries.put(
        "of_some_rows_below",
        "SELECT customer_id, count(DISTINCT x) FILTER (WHERE product <> 1) AS c FROM (SELECT customer_id,"
            + " product, 100 / (product - 1) AS x FROM sale) AS below GROUP BY customer_id");
    queries.put(
        "of_a_column_below",
        "SELECT customer_id, count(DISTINCT x) FILTER (WHERE product <> 1) AS c FROM (SELECT customer_id,"
            + " product, day AS x FROM sale) AS below GROUP BY customer_id");
    // What only some rows may be asked for needs its group.
    DifferentialRun.keeps(version, queries, KEPT, queries.size() - 2);
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void otherRefreshesKeepTheValuesToo(PostgresVersion version) throws Exception {
    String query =
        "SELECT branch, count(DISTINCT kind) AS kinds, sum(amount) AS total FROM public.entry GROUP BY branch";
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL, kind text, amount int)",
          "INSERT INTO entry SELECT n, n % 5, CASE WHEN n % 7 > 0 THEN 'k' || n % 7 END, n"
              + " FROM generate_series(1, 500) AS n");
      fixture.start();
      for (RefreshMode mode : List.of(RefreshMode.FULL, RefreshMode.AUTO)) {
        fixture.bring(fixture.definition("kinds", query, new Schedule.Manual(), mode));
        fixture.database.execute("DELETE FROM entry WHERE kind = 'k3' AND branch < 3");
        fixture.refresh("kinds");
        fixture.assertExact("kinds", query);
      }
      fixture.database.execute("UPDATE entry SET kind = 'k3' WHERE id % 11 = 0");
      assertThat(fixture.refreshFully("kinds").mode()).isEqualTo("Full");
      fixture.assertExact("kinds", query);
      fixture.database.execute("UPDATE entry SET kind = NULL WHERE id % 11 = 0 AND branch = 2");
      assertThat(fixture.refresh("kinds").mode()).isEqualTo("Differential");
      fixture.assertExact("kinds", query);
      fixture.database.execute("TRUNCATE entry");
      fixture.refresh("kinds");
      fixture.assertExact("kinds", query);
      fixture.database.execute("INSERT INTO entry VALUES (1, 1, 'a', 1), (2, 1, 'a', 2)");
      assertThat(fixture.refresh("kinds").mode()).isEqualTo("Differential");
      fixture.assertExact("kinds", query);
    }
  }
}
