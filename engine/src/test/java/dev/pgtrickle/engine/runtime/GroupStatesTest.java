package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Groups at the top whose state is stored with them, also least and greatest values. */
class GroupStatesTest {

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void randomChanges(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "extremes_by_key",
        "SELECT product, min(amount) AS least, max(day) AS last, count(*) AS n FROM sale GROUP BY product");
    queries.put(
        "extremes_of_texts",
        "SELECT code, min(label) AS first, max(label) AS last, sum(price) AS prices FROM item GROUP BY code");
    queries.put(
        "extremes_by_nullable_keys",
        "SELECT region, boss, max(id) AS last, min(name) AS name FROM customer GROUP BY region, boss");
    queries.put(
        "extremes_filtered",
        "SELECT customer_id, min(id) FILTER (WHERE product > 5) AS first, max(DISTINCT product) AS most"
            + " FROM sale GROUP BY customer_id");
    queries.put(
        "extremes_of_all",
        "SELECT min(amount) AS least, max(amount) AS most, max(id) FILTER (WHERE product = 3) AS third,"
            + " count(*) AS n FROM sale");
    queries.put(
        "extremes_over_join",
        "SELECT c.region, max(s.day) AS last, min(s.amount) AS least FROM customer c LEFT JOIN sale s ON"
            + " s.customer_id = c.id GROUP BY c.region");
    queries.put(
        "extremes_over_union",
        "SELECT k, max(v) AS most FROM (SELECT customer_id AS k, product AS v FROM sale UNION ALL SELECT"
            + " code, length(label) FROM item) u GROUP BY k");
    queries.put(
        "extremes_of_groups",
        "SELECT region, max(n) AS most FROM (SELECT c.region, c.boss, count(*) AS n FROM customer c GROUP BY"
            + " c.region, c.boss) g GROUP BY region");
    queries.put(
        "truths",
        "SELECT product, bool_and(amount > 20) AS all_large, bool_or(rate > 1) AS some, every(day > '2026-01-05')"
            + " AS late FROM sale GROUP BY product");
    queries.put(
        "bits",
        "SELECT product, bit_xor(customer_id) AS bits, bit_xor(id) FILTER (WHERE amount > 20) AS more FROM sale"
            + " GROUP BY product");
    queries.put(
        "hidden_key",
        "SELECT max(amount) - min(amount) AS spread, bool_or(product IS NULL) AS unknown FROM sale GROUP BY"
            + " customer_id, day");
    DifferentialRun.keeps(version, queries);
  }

  /** Several groupings at once, also the one of all rows, which is there over none. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void groupingSets(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "rolled_up",
        "SELECT product, customer_id, count(*) AS n, sum(amount) AS total FROM sale GROUP BY ROLLUP"
            + " (product, customer_id)");
    queries.put(
        "cubed",
        "SELECT region, boss, GROUPING(region, boss) AS level, count(name) AS names FROM customer GROUP BY CUBE"
            + " (region, boss)");
    queries.put(
        "in_sets",
        "SELECT c.region, s.product, count(*) AS n, avg(s.amount) AS mean FROM sale s JOIN customer c ON c.id ="
            + " s.customer_id GROUP BY GROUPING SETS ((c.region, s.product), (c.region), (s.product))");
    queries.put(
        "twice_and_filtered",
        "SELECT code, count(*) FILTER (WHERE label IS NOT NULL) AS n, sum(price) AS prices FROM item GROUP BY"
            + " GROUPING SETS ((code), (code), ())");
    queries.put(
        "combined",
        "SELECT code % 3 AS k, label, sum(code) + GROUPING(label) AS n FROM item GROUP BY code % 3, ROLLUP (label)");
    queries.put(
        "of_lengths",
        "SELECT k, p, count(*) AS n, sum(p) AS prices FROM (SELECT label::char(4) AS k, price::numeric(12,1) AS p FROM"
            + " item) AS q GROUP BY ROLLUP (k, p)");
    DifferentialRun.keeps(version, queries);
  }

  /** What stands in the place of a column may mean something else there. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void expressionsOverExpressions(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "numbers",
        "SELECT product, doubled - 1 AS less, doubled * doubled AS squared FROM (SELECT product, count(*) * 2"
            + " AS doubled FROM sale GROUP BY product) q");
    queries.put(
        "records",
        "SELECT product, one = two AS same, one < two AS less, one IN (two) AS listed FROM (SELECT product, ROW(product,"
            + " sum(customer_id)) AS one, ROW(product, sum(customer_id)) AS two FROM sale GROUP BY product) q");
    queries.put(
        "collations",
        "SELECT first, first < (second COLLATE \"C\") AS less, n FROM (SELECT label COLLATE \"POSIX\" AS first, label || 'x' AS second,"
            + " count(*) AS n FROM item GROUP BY label) q");
    DifferentialRun.keeps(version, queries);
  }

  @Test
  void expressionsThatDoubleLevelOverLevel() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute("CREATE TABLE entry (id int PRIMARY KEY, branch int)");
      fixture.start();
      String query = "SELECT branch, count(*)::numeric AS n FROM public.entry GROUP BY branch";
      for (int level = 0; level < 12; level++) {
        query = "SELECT branch, n + n AS n FROM (" + query + ") AS q";
      }
      fixture.bring(fixture.manual("totals", query));
      fixture.database.execute("INSERT INTO entry VALUES (1, 1), (2, 1), (3, NULL)");
      fixture.refresh("totals");
      fixture.assertExact("totals", query);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void groupingSetsOverNothing(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute("CREATE TABLE entry (id int PRIMARY KEY, branch int)");
      fixture.start();
      String query =
          "SELECT branch, count(*) AS n, sum(id) AS ids FROM public.entry GROUP BY ROLLUP (branch)";
      fixture.bring(fixture.manual("totals", query));
      fixture.assertExact("totals", query);
      assertThat(fixture.database.queryLong("SELECT count(*) FROM totals")).isEqualTo(1);
      for (String change :
          new String[] {
            "INSERT INTO entry VALUES (1, 1), (2, NULL)", "DELETE FROM entry", "TRUNCATE entry"
          }) {
        fixture.database.execute(change);
        fixture.refresh("totals");
        fixture.assertExact("totals", query);
      }
    }
  }

  /** A group is read only when what it shows has left. */
  @Test
  void nothingIsReadWhileTheKeptValueStays() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(
          "CREATE TABLE reading (id int PRIMARY KEY, station int NOT NULL, degrees int NOT NULL)",
          "INSERT INTO reading SELECT n, n % 3, n FROM generate_series(1, 3000) AS n",
          "CREATE INDEX ON reading (station)",
          "ANALYZE reading");
      fixture.start();
      String query = "SELECT station, max(degrees) AS highest FROM reading GROUP BY station";
      fixture.bring(fixture.manual("highest", query));
      long before = rowsRead(fixture);
      fixture.database.execute(
          "INSERT INTO reading VALUES (4000, 1, 5000), (4001, 1, 7)",
          "DELETE FROM reading WHERE id = 10",
          "UPDATE reading SET degrees = 8 WHERE id = 11");
      assertThat(fixture.refresh("highest").mode()).isEqualTo("Differential");
      long after = rowsRead(fixture);
      assertThat(after - before).as("rows that the refresh read").isLessThan(100);
      fixture.assertExact("highest", query);
      fixture.database.execute("DELETE FROM reading WHERE id = 4000");
      assertThat(fixture.refresh("highest").mode()).isEqualTo("Differential");
      fixture.assertExact("highest", query);
    }
  }

  /** More than an index has columns. */
  @Test
  void groupsHaveManyKeys() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      String columns =
          IntStream.rangeClosed(1, 40)
              .mapToObj(number -> "c" + number + " int NOT NULL DEFAULT 1")
              .collect(Collectors.joining(", "));
      String keys =
          IntStream.rangeClosed(1, 40).mapToObj(n -> "c" + n).collect(Collectors.joining(", "));
      fixture.database.execute(
          "CREATE TABLE wide (id int PRIMARY KEY, " + columns + ")",
          "INSERT INTO wide (id, c40) SELECT n, n % 3 FROM generate_series(1, 30) AS n");
      fixture.start();
      Map<String, String> queries =
          Map.of(
              "counted", "SELECT " + keys + ", count(*) AS n FROM wide GROUP BY " + keys,
              "listed",
                  "SELECT " + keys + ", array_agg(id ORDER BY id) AS n FROM wide GROUP BY " + keys);
      for (Map.Entry<String, String> query : queries.entrySet()) {
        fixture.bring(fixture.manual(query.getKey(), query.getValue()));
      }
      fixture.database.execute(
          "UPDATE wide SET c1 = 2 WHERE id % 4 = 0", "DELETE FROM wide WHERE c40 = 1");
      for (Map.Entry<String, String> query : queries.entrySet()) {
        assertThat(fixture.refresh(query.getKey()).mode()).isEqualTo("Differential");
        fixture.assertExact(query.getKey(), query.getValue());
      }
    }
  }

  /** Of the user's table, by its own statements as well: those change single rows by their key. */
  private static long rowsRead(EngineFixture fixture) throws Exception {
    Thread.sleep(1_100);
    return fixture.database.queryLong(
        """
        SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables
        WHERE relname = 'reading'\
        """);
  }
}
