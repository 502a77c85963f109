package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Least and greatest values where no index leads to the rows of a group: every value is kept with
 * its count, so whichever leaves, the next one is known.
 */
class KnownValuesTest {
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
        "by_nullable_key",
        "SELECT product, min(amount) AS least, max(amount) AS most FROM sale GROUP BY product");
    queries.put("by_key", "SELECT day, max(id) AS last FROM sale GROUP BY day");
    queries.put("nullable_values", "SELECT day, min(product) AS first FROM sale GROUP BY day");
    queries.put(
        "by_text", "SELECT region, name, max(boss) AS b FROM customer GROUP BY region, name");
    queries.put("of_all", "SELECT min(product) AS first, max(product) - 1 AS last FROM sale");
    queries.put(
        "of_some_of_all", "SELECT max(id) AS last, count(*) AS n FROM sale WHERE amount < 20");
    queries.put(
        "with_others",
        "SELECT product, max(day) AS last, min(day) AS first, count(*) AS n, count(rate) AS rates,"
            + " sum(amount) AS total, avg(amount) AS mean, bool_or(amount > 9) AS dear,"
            + " bit_xor(customer_id) AS x FROM sale GROUP BY product");
    queries.put(
        "with_distinct",
        "SELECT product, count(DISTINCT customer_id) AS c, max(customer_id) AS last,"
            + " min(DISTINCT customer_id) AS first FROM sale GROUP BY product");
    queries.put(
        "with_distinct_by_indexed_key",
        "SELECT customer_id, count(DISTINCT product) AS c, max(product) AS last FROM sale"
            + " GROUP BY customer_id");
    queries.put("of_an_expression", "SELECT label, max(code % 3) AS rest FROM item GROUP BY label");
    queries.put("of_the_key", "SELECT product, min(product) AS p FROM sale GROUP BY product");
    queries.put(
        "over_join",
        "SELECT c.region, max(s.day) AS last, min(s.day) AS first FROM customer c"
            + " LEFT JOIN sale s ON s.customer_id = c.id GROUP BY c.region");
    queries.put(
        "over_union",
        "SELECT k % 2 AS odd, max(k) AS k FROM (SELECT code AS k FROM item UNION ALL"
            + " SELECT product FROM sale) AS u GROUP BY k % 2");
    queries.put(
        "of_groups",
        "SELECT product, max(day) AS last, sum(n) AS n FROM (SELECT product, day, count(*) AS n FROM sale"
            + " GROUP BY product, day) AS q GROUP BY product");
    DifferentialRun.keeps(version, queries, KEPT, queries.size());
  }

  /** By an index, by the order of an index, or because their values have no place in one. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void othersAreReadAgain(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "index_of_group", "SELECT customer_id, max(amount) AS m FROM sale GROUP BY customer_id");
    queries.put("index_of_values", "SELECT max(id) AS last, min(id) AS first FROM sale");
    queries.put(
        "index_of_values_beside_others",
        "SELECT max(id) AS last, count(*) AS n, sum(amount) AS total FROM sale");
    queries.put("long_values", "SELECT region, min(name) AS first FROM customer GROUP BY region");
    queries.put(
        "two_kinds_of_values",
        "SELECT product, max(day) AS last, max(amount) AS most FROM sale GROUP BY product");
    queries.put(
        "some_values",
        "SELECT product, max(day) FILTER (WHERE amount > 9) AS last FROM sale GROUP BY product");
    DifferentialRun.keeps(version, queries, KEPT, 0);
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void theBestLeaveAndComeManyAtOnce(PostgresVersion version) throws Exception {
    String query =
        "SELECT kind, min(amount) AS least, max(amount) AS most, count(*) AS n FROM public.entry"
            + " GROUP BY kind";
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, kind text, amount int)",
          "INSERT INTO entry SELECT n, CASE WHEN n % 4 > 0 THEN 'k' || n % 4 END, n % 300 - 150"
              + " FROM generate_series(1, 2000) AS n");
      fixture.start();
      fixture.bring(fixture.manual("ends", query));
      for (String change :
          List.of(
              "DELETE FROM entry WHERE amount < -100",
              "DELETE FROM entry WHERE amount > 100; INSERT INTO entry VALUES (9001, NULL, 99)",
              "UPDATE entry SET amount = -amount",
              "UPDATE entry SET amount = NULL WHERE amount > 50 OR kind = 'k1'",
              "UPDATE entry SET kind = 'k1' WHERE kind IS NULL",
              "UPDATE entry SET amount = amount + 1000 WHERE id % 50 = 0",
              "DELETE FROM entry WHERE kind = 'k2'",
              "INSERT INTO entry SELECT n, 'k2', n FROM generate_series(5000, 5100) AS n",
              "TRUNCATE entry",
              "INSERT INTO entry VALUES (1, 'k1', NULL), (2, 'k1', 7)",
              "DELETE FROM entry WHERE id = 2")) {
        fixture.database.execute(change);
        assertThat(fixture.refresh("ends").mode()).isEqualTo("Differential");
        fixture.assertExact("ends", query);
      }
    }
  }

  /** Also when the best of each group leaves, and also of values that groups below them have. */
  @Test
  void noRowOfTheSourceIsRead() throws Exception {
    String groups = "(SELECT kind, amount, count(*) AS n FROM public.entry GROUP BY %s) AS q";
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put("of_rows", "SELECT kind, max(amount) AS most FROM public.entry GROUP BY kind");
    queries.put(
        "of_groups",
        "SELECT kind, max(amount) AS most, sum(n) AS n FROM "
            + groups.formatted("kind, amount")
            + " GROUP BY kind");
    queries.put(
        "of_groups_value_first",
        "SELECT kind, min(amount) AS least FROM "
            + groups.formatted("amount, kind")
            + " GROUP BY kind");
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, kind int NOT NULL, amount int NOT NULL)",
          "INSERT INTO entry SELECT n, n % 5, n FROM generate_series(1, 3000) AS n",
          "ANALYZE entry");
      fixture.start();
      for (Map.Entry<String, String> query : queries.entrySet()) {
        fixture.bring(fixture.manual(query.getKey(), query.getValue()));
      }
      fixture.database.execute("DELETE FROM entry WHERE id > 2990 OR id < 10");
      String scans =
          "SELECT coalesce(sum(seq_scan + idx_scan), 0) FROM pg_stat_user_tables WHERE relname = 'entry'";
      Thread.sleep(1_100);
      long before = fixture.database.queryLong(scans);
      for (String name : queries.keySet()) {
        assertThat(fixture.refresh(name).mode()).isEqualTo("Differential");
      }
      Thread.sleep(1_100);
      assertThat(fixture.database.queryLong(scans)).isEqualTo(before);
      for (Map.Entry<String, String> query : queries.entrySet()) {
        fixture.assertExact(query.getKey(), query.getValue());
      }
    }
  }

  /** Whatever the order in which a query names the keys, its values are found in theirs. */
  @Test
  void anIndexHasTheValuesOfAGroupInOrder() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, kind int NOT NULL, amount int NOT NULL, part int NOT NULL)");
      fixture.start();
      Map<String, Long> indexes = new LinkedHashMap<>();
      indexes.put("kind, amount, part", 1L);
      indexes.put("amount, kind, part", 2L);
      indexes.put("kind, part, amount", 2L);
      int number = 0;
      for (Map.Entry<String, Long> keys : indexes.entrySet()) {
        number++;
        fixture.bring(
            fixture.manual(
                "t" + number,
                "SELECT kind, max(amount) AS most FROM (SELECT kind, amount, part, count(*) AS n"
                    + " FROM public.entry GROUP BY "
                    + keys.getKey()
                    + ") AS q GROUP BY kind"));
        assertThat(
                fixture.database.queryLong(
                    "SELECT count(*) FROM pg_index WHERE indrelid = 'pgtrickle_data.storage_%d_groups'::regclass"
                        .formatted(number)))
            .as(keys.getKey())
            .isEqualTo(keys.getValue());
      }
    }
  }

  @Test
  void onlyAnIndexWithAnOrderHasTheEndsOfATable() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, amount int, price int)",
          "CREATE INDEX ON entry USING hash (amount)",
          "CREATE INDEX ON entry (price)");
      fixture.start();
      fixture.bring(fixture.manual("dearest", "SELECT max(price) AS most FROM public.entry"));
      assertThat(fixture.database.queryLong(KEPT)).isZero();
      fixture.bring(fixture.manual("most", "SELECT max(amount) AS most FROM public.entry"));
      assertThat(fixture.database.queryLong(KEPT)).isEqualTo(1);
    }
  }

  /** What leads to the rows decides the form; one form becomes the other where it stands. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void anIndexComesAndGoes(PostgresVersion version) throws Exception {
    String query = "SELECT kind, max(amount) AS most FROM public.entry GROUP BY kind";
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, kind int, amount int)",
          "INSERT INTO entry SELECT n, n % 5, n % 97 FROM generate_series(1, 500) AS n");
      fixture.start();
      fixture.bring(fixture.manual("most", query));
      assertThat(fixture.database.queryLong(KEPT)).isEqualTo(1);
      long kept = 1;
      for (String change :
          List.of("CREATE INDEX entry_kind ON entry (kind)", "DROP INDEX entry_kind")) {
        fixture.database.execute(change, "DELETE FROM entry WHERE amount > 90");
        fixture.refresh("most");
        fixture.assertExact("most", query);
        assertThat(fixture.database.queryLong(KEPT)).isEqualTo(kept);
        fixture.bring(
            fixture.definition(
                "most",
                query,
                new Schedule.Manual(),
                kept == 1 ? RefreshMode.DIFFERENTIAL : RefreshMode.AUTO));
        kept = 1 - kept;
        fixture.database.execute("UPDATE entry SET amount = amount - 5 WHERE amount > 70");
        fixture.refresh("most");
        fixture.assertExact("most", query);
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void otherRefreshesKeepTheValuesToo(PostgresVersion version) throws Exception {
    String query = "SELECT kind, min(price) AS least FROM public.entry GROUP BY kind";
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, kind int NOT NULL, price numeric(8,2) NOT NULL)",
          "INSERT INTO entry SELECT n, n % 5, n / 7.0 FROM generate_series(1, 500) AS n");
      fixture.start();
      fixture.bring(fixture.manual("least", query));
      fixture.database.execute("DELETE FROM entry WHERE price < 20");
      assertThat(fixture.refreshFully("least").mode()).isEqualTo("Full");
      fixture.assertExact("least", query);
      for (String change :
          List.of(
              "DELETE FROM entry WHERE price < 30",
              "UPDATE entry SET price = price - 25",
              "UPDATE entry SET price = 'NaN' WHERE kind = 2",
              "DELETE FROM entry WHERE price < 15")) {
        fixture.database.execute(change);
        assertThat(fixture.refresh("least").mode()).isEqualTo("Differential");
        fixture.assertExact("least", query);
      }
    }
  }
}
