package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** HAVING: groups of which only some are shown; the state of all is kept beside the result. */
class SomeGroupsTest {
  private static final String KEPT =
      """
      SELECT count(*) FROM pg_class
      WHERE relnamespace = 'pgtrickle_data'::regnamespace AND relkind = 'r' AND relname ~ '_groups$'\
      """;
  private static final String QUERY =
      "SELECT branch, sum(amount) AS total FROM public.entry GROUP BY branch HAVING sum(amount) > 40";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void randomChanges(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "by_key",
        "SELECT product, sum(amount) AS total FROM sale GROUP BY product HAVING count(*) > 2");
    queries.put(
        "by_nullable_keys",
        "SELECT boss, region, count(*) AS n FROM customer GROUP BY region, boss"
            + " HAVING count(name) > 1 OR region IS NULL");
    queries.put(
        "hidden_key",
        "SELECT avg(amount) AS mean FROM sale GROUP BY customer_id, day HAVING avg(amount) > 10");
    queries.put(
        "over_join",
        "SELECT c.region, sum(s.amount) AS total FROM customer c JOIN sale s ON s.customer_id = c.id"
            + " GROUP BY c.region HAVING bool_or(s.product > 3) AND sum(s.amount) > 30");
    queries.put("of_all", "SELECT count(*) AS n, sum(product) AS p FROM sale HAVING count(*) > 9");
    queries.put(
        "filtered",
        "SELECT code, 12 / count(*) FILTER (WHERE price > 0) AS share FROM item GROUP BY code"
            + " HAVING count(*) FILTER (WHERE price > 0) > 0");
    queries.put(
        "around_groups",
        "SELECT product * 2 AS doubled, n FROM (SELECT product, count(*) AS n, sum(customer_id) AS c"
            + " FROM sale GROUP BY product HAVING sum(customer_id) > 3) AS q WHERE n % 2 = 0");
    queries.put(
        "rolled_up",
        "SELECT product, customer_id, count(*) AS n FROM sale GROUP BY ROLLUP (product, customer_id)"
            + " HAVING count(*) > 1 AND GROUPING(product, customer_id) < 3");
    DifferentialRun.keeps(version, queries, KEPT, queries.size());
  }

  /** PostgreSQL asks them of the rows, so that other rows need not even be computable. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void conditionsOnKeysHideRows(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE ev (id int PRIMARY KEY, kind text NOT NULL, v text, d int)",
          "INSERT INTO ev SELECT n, 'num', n, 1 FROM generate_series(1, 20) AS n",
          "INSERT INTO ev SELECT n, 'str', 'abc', 0 FROM generate_series(21, 40) AS n");
      fixture.start();
      Map<String, String> queries = new LinkedHashMap<>();
      queries.put(
          "of_having",
          "SELECT kind, sum(v::int) AS total FROM public.ev GROUP BY kind HAVING kind = 'num'");
      queries.put(
          "of_both",
          "SELECT kind, sum(v::int) AS total FROM public.ev GROUP BY kind HAVING kind = 'num' AND count(*) > 3");
      queries.put(
          "around",
          "SELECT kind, total FROM (SELECT kind, upper(kind) AS u, sum(10 / d) AS total FROM public.ev GROUP BY kind) AS q"
              + " WHERE u <> 'STR' AND total > 5");
      queries.put(
          "in_sets",
          "SELECT kind, count(*) AS n, sum(d) AS total FROM public.ev GROUP BY ROLLUP (kind) HAVING kind = 'num'"
              + " OR GROUPING(kind) = 1");
      for (Map.Entry<String, String> query : queries.entrySet()) {
        fixture.bring(fixture.manual(query.getKey(), query.getValue()));
      }
      assertThat(fixture.database.queryLong(KEPT)).isEqualTo(2);
      for (String change :
          List.of(
              "INSERT INTO ev VALUES (41, 'str', 'def', 0), (42, 'num', '7', 2), (43, 'else', '1', 1)",
              "UPDATE ev SET kind = 'num', v = '9', d = 3 WHERE id IN (21, 22)",
              "DELETE FROM ev WHERE id < 18",
              "UPDATE ev SET kind = 'str', d = 0 WHERE id = 19")) {
        fixture.database.execute(change);
        for (Map.Entry<String, String> query : queries.entrySet()) {
          assertThat(fixture.refresh(query.getKey()).mode()).isEqualTo("Differential");
          fixture.assertExact(query.getKey(), query.getValue());
        }
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void nothingIsKeptWhereNobodyFollowsChanges(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      for (RefreshMode mode : List.of(RefreshMode.FULL, RefreshMode.AUTO, RefreshMode.FULL)) {
        fixture.bring(fixture.definition("totals", QUERY, new Schedule.Manual(), mode));
        assertThat(fixture.database.queryLong(KEPT)).isEqualTo(mode == RefreshMode.AUTO ? 1 : 0);
        fixture.database.execute("UPDATE entry SET amount = amount + 5 WHERE id % 4 = 0");
        assertThat(fixture.refresh("totals").mode())
            .isEqualTo(mode == RefreshMode.AUTO ? "Differential" : "Full");
        fixture.assertExact("totals", QUERY);
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void aFullRefreshWritesWhatDiffers(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      fixture.bring(fixture.manual("totals", QUERY));
      String address = "SELECT string_agg(ctid::text, ' ' ORDER BY ctid) FROM " + kept(fixture);
      String before = fixture.database.queryText(address);
      assertThat(fixture.refreshFully("totals").mode()).isEqualTo("Full");
      assertThat(fixture.database.queryText(address)).isEqualTo(before);
    }
  }

  /** Least and greatest values are read again with their group. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void extremes(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "extremes",
        "SELECT product, max(amount) AS most FROM sale GROUP BY product HAVING max(amount) > 20");
    DifferentialRun.keeps(version, queries, KEPT, 0);
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void theDefinitionChanges(PostgresVersion version) throws Exception {
    List<String> chain =
        List.of(
            "SELECT branch, sum(amount) AS total FROM public.entry GROUP BY branch",
            QUERY,
            "SELECT branch, sum(amount) AS total FROM public.entry GROUP BY branch HAVING sum(amount) > 60",
            "SELECT branch, sum(amount) AS total FROM public.entry WHERE id > 3 GROUP BY branch"
                + " HAVING sum(amount) > 60 AND count(branch) < 9",
            "SELECT branch, sum(amount) AS total FROM public.entry GROUP BY branch, id % 2"
                + " HAVING sum(amount) > 20",
            "SELECT branch, sum(amount) AS total FROM public.entry GROUP BY branch",
            // All rows make room for others, and the driver takes a question mark for a parameter.
            "SELECT branch, sum(amount) AS total FROM public.entry WHERE note ?? 'a' GROUP BY branch"
                + " HAVING sum(amount) > 20",
            "SELECT branch, amount::bigint AS total FROM public.entry");
    try (EngineFixture fixture = populated(version)) {
      for (String query : chain) {
        fixture.bring(fixture.manual("totals", query.replace("??", "?")));
        fixture.assertExact("totals", query);
        fixture.database.execute(
            "UPDATE entry SET amount = amount + 1 WHERE id % 3 = 0",
            "DELETE FROM entry WHERE id IN (SELECT min(id) FROM entry)");
        assertThat(fixture.refresh("totals").mode()).as(query).isEqualTo("Differential");
        fixture.assertExact("totals", query);
        assertThat(fixture.refreshFully("totals").mode()).isEqualTo("Full");
        fixture.assertExact("totals", query);
        fixture.database.execute(
            "INSERT INTO entry SELECT max(id) + 1, 3, 7, '{\"a\": 1}' FROM entry");
        assertThat(fixture.refresh("totals").mode()).as(query).isEqualTo("Differential");
        fixture.assertExact("totals", query);
        assertThat(fixture.database.queryLong(KEPT))
            .as(query)
            .isEqualTo(query.contains("HAVING") ? 1 : 0);
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void whatIsKeptIsGuardedAndRepaired(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      fixture.bring(fixture.manual("totals", QUERY));
      String kept = kept(fixture);
      assertThat(
              catchThrowableOfType(
                      SQLException.class, () -> fixture.database.execute("DELETE FROM " + kept))
                  .getSQLState())
          .isEqualTo("55000");
      damaged(fixture, "DROP TABLE " + kept);
      damaged(fixture, "DROP INDEX " + kept + "_key");
      damaged(fixture, "ALTER TABLE " + kept + " DROP COLUMN __sum_1");
      damaged(
          fixture,
          "ALTER TABLE " + kept + " DISABLE TRIGGER ALL",
          "UPDATE " + kept + " SET __sum_1 = 1",
          "ALTER TABLE " + kept + " ENABLE TRIGGER ALL");
    }
  }

  /** What pg_upgrade leaves: stamps of the old server, and triggers that were created anew. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void aMajorUpgradeIsNoDrift(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      fixture.bring(fixture.manual("totals", QUERY));
      fixture.engine().close();
      fixture.database.execute(
          "UPDATE pgtrickle.storage_version SET view_stamp = '13:' || view_stamp, guard_stamp = '13:' || guard_stamp");
      for (String table : List.of(kept(fixture), kept(fixture).replace("_groups", ""))) {
        fixture.database.execute(
            "DROP TRIGGER pgtrickle_guard ON " + table,
            "CREATE TRIGGER pgtrickle_guard BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "
                + table
                + " FOR EACH STATEMENT EXECUTE FUNCTION pgtrickle.refuse_foreign_write()");
      }
      fixture.events.clear();
      fixture.start();
      fixture.engine().await(fixture.relation("totals"), EngineFixture.PATIENCE);
      fixture.refresh("totals");
      fixture.engine().watch();
      Thread.sleep(300);
      assertThat(fixture.events)
          .noneMatch(event ->
              event instanceof EngineEvent.Drifted || event instanceof EngineEvent.DriftRepaired);
      assertThat(
              fixture.database.queryLong(
                  "SELECT cardinality(string_to_array(guard_stamp, ' ')) FROM pgtrickle.storage_version"))
          .as("stamps")
          .isEqualTo(2);
      fixture.assertExact("totals", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void itGoesWithItsTable(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      StreamTableReport report = fixture.bring(fixture.manual("totals", QUERY));
      assertThat(report.mode()).isEqualTo("Differential");
      assertThat(fixture.database.queryLong(KEPT)).isEqualTo(1);
      fixture
          .engine()
          .release(
              fixture.relation("totals"),
              fixture.manual("totals", QUERY).origin(),
              new ReleaseOrder.By(DeletionPolicy.DELETE));
      EngineFixture.await("dropped", () -> fixture.database.queryLong(KEPT) == 0);
    }
  }

  private static void damaged(EngineFixture fixture, String... statements) throws Exception {
    fixture.database.execute("DELETE FROM pgtrickle.repair");
    fixture.events.clear();
    fixture.database.execute(statements);
    fixture.engine().watch();
    EngineFixture.await(
        "repaired: " + List.of(statements),
        () ->
            List.copyOf(fixture.events).stream()
                .anyMatch(EngineEvent.DriftRepaired.class::isInstance));
    EngineFixture.await(
        "kept again",
        () ->
            List.copyOf(fixture.events).stream()
                .anyMatch(EngineEvent.Established.class::isInstance));
    fixture.refresh("totals");
    fixture.assertExact("totals", QUERY);
    fixture.database.execute(
        "UPDATE entry SET amount = amount + 3 WHERE id % 2 = 0",
        "DELETE FROM entry WHERE id % 5 = 1");
    assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
    fixture.assertExact("totals", QUERY);
  }

  private static String kept(EngineFixture fixture) throws SQLException {
    return fixture.database.queryText(
        "SELECT 'pgtrickle_data.' || storage_name || '_groups' FROM pgtrickle.storage_version");
  }

  private static EngineFixture populated(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int PRIMARY KEY, branch int, amount int, note jsonb)",
        "INSERT INTO entry SELECT n, nullif(n % 5, 0), n, jsonb_build_object(chr(97 + n % 2), n)"
            + " FROM generate_series(1, 40) AS n");
    fixture.start();
    return fixture;
  }
}
