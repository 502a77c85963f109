package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.refresh.RefreshChooser;
import dev.pgtrickle.engine.verify.VerificationResult.Verdict;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Every kind of query, whether delta rules follow it or it is computed again: compared by image, in
 * one snapshot.
 */
class FullTablesTest {
  private static final String[] SCHEMA = {
    "CREATE TABLE customer (id int PRIMARY KEY, name text, region text)",
    """
    CREATE TABLE sale (id int PRIMARY KEY, customer_id int, amount numeric(12,2), placed timestamptz,
      parent int, tags text[])
    """,
    "CREATE AGGREGATE product(numeric) (sfunc = numeric_mul, stype = numeric, initcond = '1')",
    "CREATE VIEW loud AS SELECT id, upper(name) AS name, region FROM customer WHERE region <> 'x'",
    "INSERT INTO customer SELECT n, 'c' || n, 'r' || n % 4 FROM generate_series(1, 40) AS n",
    """
    INSERT INTO sale SELECT n, n % 45, n * 1.25, timestamptz '2026-01-01' + n * interval '1 hour',
      NULLIF(n / 2, 0), ARRAY['t' || n % 3, 't' || n % 5]
    FROM generate_series(1, 120) AS n
    """
  };

  /** A name for each kind of query, and the query; each has one answer, whatever the plan. */
  private static Map<String, String> queries() {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "inner_join",
        "SELECT s.id, c.name, s.amount FROM sale AS s JOIN customer AS c ON c.id = s.customer_id");
    queries.put(
        "left_join",
        "SELECT c.name, s.amount FROM customer c LEFT JOIN sale s ON s.customer_id = c.id");
    queries.put(
        "full_join",
        "SELECT c.id AS customer, s.id AS sale FROM customer c FULL JOIN sale s ON s.customer_id = c.id");
    queries.put(
        "self_join", "SELECT a.id, b.id AS child FROM sale a JOIN sale b ON b.parent = a.id");
    queries.put(
        "view_join",
        "SELECT l.name, count(*) AS sales, sum(s.amount) AS total FROM loud l JOIN sale s ON s.customer_id"
            + " = l.id GROUP BY l.name");
    queries.put(
        "common_table",
        "WITH big AS (SELECT * FROM sale WHERE amount > 50) SELECT a.id, b.id AS other FROM big a JOIN"
            + " big b ON b.id = a.id + 1");
    queries.put(
        "recursive",
        "WITH RECURSIVE tree AS (SELECT id, parent, 0 AS depth FROM sale WHERE parent IS NULL UNION ALL"
            + " SELECT s.id, s.parent, t.depth + 1 FROM sale s JOIN tree t ON s.parent = t.id) SELECT * FROM tree");
    queries.put(
        "windows",
        "SELECT id, rank() OVER (PARTITION BY customer_id ORDER BY amount, id) AS place, sum(amount) OVER"
            + " (ORDER BY id) AS running FROM sale");
    queries.put("distinct_rows", "SELECT DISTINCT region FROM customer");
    queries.put(
        "distinct_on",
        "SELECT DISTINCT ON (customer_id) customer_id, id, amount FROM sale ORDER BY customer_id, amount"
            + " DESC, id");
    queries.put("top_rows", "SELECT id, amount FROM sale ORDER BY amount DESC, id LIMIT 7");
    queries.put(
        "set_operations",
        "(SELECT id FROM sale EXCEPT SELECT id FROM customer) UNION ALL (SELECT id FROM customer INTERSECT"
            + " ALL SELECT customer_id FROM sale)");
    queries.put(
        "aggregates",
        "SELECT region, min(name) AS first, max(name) AS last, count(DISTINCT name) AS names, array_agg(id"
            + " ORDER BY id) AS ids FROM customer GROUP BY region HAVING count(*) > 1");
    queries.put(
        "grouping_sets",
        "SELECT region, name, max(name) AS n, grouping(region, name) AS g FROM customer GROUP BY ROLLUP"
            + " (region, name)");
    queries.put(
        "exists_query",
        "SELECT name FROM customer c WHERE EXISTS (SELECT FROM sale s WHERE s.customer_id = c.id AND"
            + " s.amount > 100)");
    queries.put(
        "exists_in_expression",
        "SELECT id, EXISTS (SELECT FROM sale s WHERE s.customer_id = c.id) AS buys FROM customer c WHERE"
            + " region = 'r1' OR id = ANY (SELECT s.parent FROM sale s WHERE s.customer_id <> c.id)");
    queries.put(
        "not_in_query",
        "SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM sale WHERE customer_id IS NOT NULL)");
    queries.put(
        "scalar_query",
        "SELECT c.id, (SELECT max(amount) FROM sale s WHERE s.customer_id = c.id) AS most FROM customer c");
    queries.put(
        "lateral_query",
        "SELECT c.id, l.amount FROM customer c, LATERAL (SELECT s.amount FROM sale s WHERE s.customer_id ="
            + " c.id ORDER BY s.amount, s.id LIMIT 2) l");
    queries.put(
        "functions_in_from",
        "SELECT s.id, t.tag, t.n FROM sale s, unnest(s.tags) WITH ORDINALITY t(tag, n)");
    queries.put("sets_in_list", "SELECT id, unnest(tags) AS tag FROM sale");
    queries.put(
        "row_of_key",
        "SELECT c.id, c.*::text AS whole, row_to_json(c.*)::text AS j, count(l.id) AS n FROM customer c"
            + " LEFT JOIN sale l ON l.customer_id = c.id GROUP BY c.id");
    queries.put("zoned", "SELECT placed::date AS day, count(*) AS n FROM sale GROUP BY 1");
    queries.put("whole_rows", "SELECT to_jsonb(c) AS row FROM customer c");
    queries.put(
        "own_aggregate", "SELECT customer_id, product(amount) AS p FROM sale GROUP BY customer_id");
    queries.put("by_number", "SELECT amount, count(*) AS n FROM sale GROUP BY amount");
    return queries;
  }

  /** Those that are computed again; the others follow changes. */
  private static final Set<String> WITHOUT_RULE =
      Set.of(
          "recursive",
          "windows",
          "distinct_on",
          "top_rows",
          "grouping_sets",
          "exists_in_expression",
          "scalar_query",
          "lateral_query",
          "row_of_key",
          "whole_rows");

  private static final String[] CHANGES = {
    "UPDATE sale SET amount = amount + 1 WHERE id % 5 = 0",
    "INSERT INTO customer SELECT n, 'new' || n, 'r9' FROM generate_series(41, 50) AS n",
    "DELETE FROM customer WHERE id % 6 = 0",
    "UPDATE customer SET name = 'c1', region = NULL WHERE id % 7 = 0",
    "UPDATE sale SET customer_id = NULL, parent = id - 3 WHERE id % 9 = 0 AND id > 9",
    "INSERT INTO sale (id, customer_id, amount) VALUES (500, 41, 3.00), (501, 41, 3.00)",
    "TRUNCATE sale",
    "INSERT INTO sale SELECT n, n % 7, n, now(), NULL, '{}' FROM generate_series(1, 30) AS n",
  };

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void everyKindOfQueryIsKept(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      for (Map.Entry<String, String> query : queries().entrySet()) {
        StreamTableReport report = fixture.bring(fixture.manual(query.getKey(), query.getValue()));
        if (WITHOUT_RULE.contains(query.getKey())) {
          assertThat(report.mode()).as(query.getKey()).isEqualTo("Full");
          assertThat(report.planClass()).isEqualTo("full");
          assertThat(report.reason()).contains("no delta rule for");
        } else {
          assertThat(report.mode()).as(query.getKey()).isEqualTo("Differential");
        }
        fixture.assertExact(query.getKey(), query.getValue());
      }
      for (String change : CHANGES) {
        fixture.database.execute(change);
        for (Map.Entry<String, String> query : queries().entrySet()) {
          fixture.refresh(query.getKey());
          assertThat(fixture.differences(query.getKey(), query.getValue()))
              .as("%s after %s", query.getKey(), change)
              .isZero();
        }
      }
      for (String name : queries().keySet()) {
        assertThat(fixture.engine().verify(fixture.relation(name)).verdict())
            .as(name)
            .isEqualTo(Verdict.EXACT);
      }
    }
  }

  /** What moves between two tables in one transaction is never seen twice or not at all. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void allSourcesAreReadInOneSnapshot(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE here (id int PRIMARY KEY, amount int NOT NULL)",
          "CREATE TABLE there (id int PRIMARY KEY, amount int NOT NULL)",
          "INSERT INTO here SELECT n, 100 FROM generate_series(1, 20) AS n",
          "INSERT INTO there SELECT n, 100 FROM generate_series(1, 20) AS n");
      fixture.start();
      String query =
          "SELECT (SELECT sum(amount) FROM here) + (SELECT sum(amount) FROM there) AS total,"
              + " (SELECT sum(amount) FROM here) AS here, count(*) AS n FROM here JOIN there USING (id)";
      fixture.bring(
          fixture.definition("balance", query, new Schedule.OnChange(), RefreshMode.AUTO));
      AtomicBoolean stop = new AtomicBoolean();
      AtomicReference<Throwable> trouble = new AtomicReference<>();
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try (Connection connection = fixture.database.connect()) {
                  SqlSession session = new SqlSession(connection);
                  for (int round = 0; !stop.get(); round++) {
                    session.execute(
                        "BEGIN",
                        "UPDATE here SET amount = amount - 7 WHERE id = " + (1 + round % 20),
                        "UPDATE there SET amount = amount + 7 WHERE id = " + (1 + round * 3 % 20),
                        "COMMIT");
                  }
                } catch (SQLException failure) {
                  trouble.set(failure);
                }
              });
      long versions = 0;
      long last = Long.MIN_VALUE;
      long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
      while (System.nanoTime() < end) {
        assertThat(fixture.database.queryLong("SELECT total FROM public.balance")).isEqualTo(4000);
        long here = fixture.database.queryLong("SELECT here FROM public.balance");
        versions += here == last ? 0 : 1;
        last = here;
      }
      stop.set(true);
      writer.join();
      assertThat(trouble.get()).isNull();
      assertThat(versions).as("versions that were looked at").isGreaterThan(3);
      fixture.refresh("balance");
      fixture.assertExact("balance", query);
      assertThat(fixture.engine().verify(fixture.relation("balance")).verdict())
          .isEqualTo(Verdict.EXACT);
    }
  }

  @Test
  void withoutChangesNothingIsComputed() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      fixture.bring(fixture.manual("joined", queries().get("inner_join")));
      RefreshReport first = fixture.refresh("joined");
      RefreshReport second = fixture.refresh("joined");
      assertThat(second.finishedAt()).isEqualTo(first.finishedAt());
    }
  }

  @Test
  void aFunctionThatMayReadAnythingIsAskedAgainEachTime() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(SCHEMA);
      fixture.database.execute(
          "CREATE TABLE factor (value int)",
          "INSERT INTO factor VALUES (2)",
          "CREATE FUNCTION times(numeric) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT $1 * value FROM"
              + " public.factor'");
      fixture.start();
      String query = "SELECT id, times(amount) AS amount FROM sale";
      StreamTableReport report = fixture.bring(fixture.manual("hidden", query));
      assertThat(report.reason()).contains("public.times may read settings or other tables");
      fixture.database.execute("UPDATE factor SET value = 3");
      assertThat(fixture.differences("hidden", query)).isPositive();
      assertThat(fixture.engine().verify(fixture.relation("hidden")).verdict())
          .as("a refresh comes first")
          .isEqualTo(Verdict.EXACT);
      fixture.assertExact("hidden", query);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void rowsComeAndGoWithTheClock(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE event (id int, at timestamptz NOT NULL)",
          "INSERT INTO event SELECT n, now() + (n - 50) * interval '100 ms' FROM generate_series(1, 300) AS n");
      fixture.start();
      String query = "SELECT id, at FROM event WHERE at > now() - interval '1 s' AND at <= now()";
      StreamTableReport report = fixture.bring(fixture.manual("recent", query));
      assertThat(report.reason()).contains("rows come and go with the clock");
      long before = fixture.database.queryLong("SELECT max(id) FROM public.recent");
      Thread.sleep(700);
      assertThat(fixture.engine().verify(fixture.relation("recent")).verdict())
          .as("as of the moment that is stored")
          .isEqualTo(Verdict.EXACT);
      assertThat(fixture.database.queryLong("SELECT max(id) FROM public.recent")).isEqualTo(before);
      fixture.refresh("recent");
      assertThat(fixture.database.queryLong("SELECT max(id) FROM public.recent"))
          .isGreaterThan(before);
      assertThat(fixture.engine().verify(fixture.relation("recent")).verdict())
          .isEqualTo(Verdict.EXACT);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void aWrongRowIsNotExcusedByTheClock(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE event (id int, at timestamptz NOT NULL)",
          "INSERT INTO event SELECT n, now() - interval '1 h' FROM generate_series(1, 10) AS n");
      fixture.start();
      fixture.bring(
          fixture.manual("recent", "SELECT id FROM event WHERE at > now() - interval '1 day'"));
      fixture.database.execute(
          "BEGIN; SET LOCAL pgtrickle.writing = 'refresh'; UPDATE pgtrickle_data.%s SET id = 99 WHERE id = 3; COMMIT"
              .formatted(
                  fixture.database.queryText(
                      "SELECT storage_name FROM pgtrickle.storage_version")));
      assertThat(fixture.engine().verify(fixture.relation("recent")).verdict())
          .isEqualTo(Verdict.DIFFERENT);
    }
  }

  @Test
  void whatHasSeveralRightAnswersIsNeverCalledExact() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      fixture.database.execute("INSERT INTO customer VALUES (1001, 'A', 'r0'), (1002, 'a', 'r0')");
      StreamTableReport report =
          fixture.bring(
              fixture.manual(
                  "offset_ties",
                  """
                  SELECT id, region FROM customer ORDER BY region
                  OFFSET 1 FETCH FIRST (SELECT 3) ROWS WITH TIES\
                  """));
      assertThat(report.reason()).contains("several right answers");
      assertThat(fixture.engine().verify(fixture.relation("offset_ties")).verdict())
          .isEqualTo(Verdict.NOT_COMPARABLE);
    }
  }

  @Test
  void chanceIsAcceptedWhereFullRefreshesAreAskedForAndNeverCalledExact() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      String query = "SELECT id, random() AS r FROM sale";
      assertThatThrownBy(() -> fixture.engine().apply(fixture.manual("chance", query)))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.VOLATILE_FUNCTION));
      StreamTableReport report =
          fixture.bring(
              fixture.definition("chance", query, new Schedule.Manual(), RefreshMode.FULL));
      assertThat(report.reason()).contains("function random is volatile", "contract 1");
      assertThat(fixture.refresh("chance").rowsInserted()).isEqualTo(120);
      assertThat(fixture.engine().verify(fixture.relation("chance")).verdict())
          .isEqualTo(Verdict.NOT_COMPARABLE);
    }
  }

  @Test
  void whoInsistsOnDeltasIsToldTheConstruct() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      assertThatThrownBy(() ->
              fixture
                  .engine()
                  .apply(
                      fixture.definition(
                          "joined",
                          queries().get("top_rows"),
                          new Schedule.Manual(),
                          RefreshMode.DIFFERENTIAL)))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED);
                assertThat(refused.what())
                    .startsWith("LIMIT or OFFSET is not maintained incrementally");
                assertThat(refused.excerpt().orElse("")).endsWith("^");
              });
      fixture.bring(fixture.manual("joined", queries().get("top_rows")));
      fixture.database.execute("DELETE FROM sale WHERE id = 1");
      assertThatThrownBy(() ->
              fixture
                  .engine()
                  .refresh(
                      fixture.relation("joined"),
                      Optional.of(RefreshMode.DIFFERENTIAL),
                      Duration.ofSeconds(20)))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED));
      fixture.refresh("joined");
      fixture.assertExact("joined", queries().get("top_rows"));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void anotherViewIsAnotherAnswer(PostgresVersion version) throws Exception {
    assertThat(differencesAfterViewWasReplaced(version, EngineRules.standard())).isZero();
  }

  /** Trusts that what the query reads is what it was. */
  private static final class BlindToDefinitions extends RefreshChooser {
    @Override
    protected boolean definitionChanged(SourceState source) {
      return false;
    }
  }

  @Test
  void planted_withoutTheFingerprintTheOldViewIsShown() throws Exception {
    EngineRules standard = EngineRules.standard();
    EngineRules planted =
        new EngineRules(
            standard.prologue(),
            new BlindToDefinitions(),
            standard.frontierUpdate(),
            standard.window(),
            standard.capture(),
            standard.captureSettings(),
            standard.lease());
    assertThat(differencesAfterViewWasReplaced(TestServers.newest(), planted)).isPositive();
  }

  private static long differencesAfterViewWasReplaced(PostgresVersion version, EngineRules rules)
      throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(SCHEMA);
      fixture.start(rules);
      String query = queries().get("view_join");
      fixture.bring(fixture.manual("seen", query));
      fixture.database.execute(
          "CREATE OR REPLACE VIEW loud AS SELECT id, lower(name) AS name, region FROM customer");
      fixture.refresh("seen");
      return fixture.differences("seen", query);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void eachSourceIsWatched(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      String query = queries().get("full_join");
      fixture.bring(fixture.manual("watched", query));
      fixture.database.execute("TRUNCATE customer");
      fixture.refresh("watched");
      fixture.assertExact("watched", query);
      fixture.database.execute(
          "ALTER TABLE sale DISABLE TRIGGER ALL",
          "DELETE FROM sale WHERE id < 50",
          "ALTER TABLE sale ENABLE TRIGGER ALL");
      fixture.refresh("watched");
      fixture.assertExact("watched", query);
      fixture.database.execute(
          "DROP VIEW loud",
          "ALTER TABLE customer RENAME TO former",
          "CREATE TABLE customer (id int PRIMARY KEY, name text, region text)",
          "INSERT INTO customer VALUES (60, 'a', 'b'), (1000, 'x', 'y')");
      EngineFixture.await(
          "the table reads the other customers",
          () -> {
            fixture.tryRefresh("watched");
            return fixture.differences("watched", query) == 0;
          });
    }
  }

  @Test
  void aTableGoesFromDeltasToFullRefreshesAndBackInPlace() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      String grouped = "SELECT customer_id, count(*) AS n FROM sale GROUP BY customer_id";
      String joined =
          "SELECT s.customer_id, count(*) AS n FROM sale s JOIN customer c ON c.id = s.customer_id GROUP"
              + " BY s.customer_id ORDER BY 1 LIMIT 1000";
      assertThat(fixture.bring(fixture.manual("counts", grouped)).mode()).isEqualTo("Differential");
      assertThat(fixture.bring(fixture.manual("counts", joined)).mode()).isEqualTo("Full");
      fixture.assertExact("counts", joined);
      fixture.database.execute("DELETE FROM customer WHERE id < 10");
      fixture.refresh("counts");
      fixture.assertExact("counts", joined);
      assertThat(fixture.bring(fixture.manual("counts", grouped)).mode()).isEqualTo("Differential");
      fixture.assertExact("counts", grouped);
      fixture.database.execute("DELETE FROM sale WHERE id < 10");
      assertThat(fixture.refresh("counts").mode()).isEqualTo("Differential");
      fixture.assertExact("counts", grouped);
    }
  }

  @Test
  void howLargeAQueryMayBeIsASetting() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      fixture.database.execute(
          "UPDATE pgtrickle.setting SET value = '40' WHERE name = 'maxParseNodes'");
      assertThatThrownBy(() ->
              fixture
                  .engine()
                  .apply(fixture.manual("large", "SELECT" + numbered(20) + " FROM sale")))
          .isInstanceOfSatisfying(
              TrickleException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.QUERY_TOO_COMPLEX));
    }
  }

  private static String numbered(int columns) {
    StringBuilder items = new StringBuilder();
    for (int number = 0; number < columns; number++) {
      items.append(number == 0 ? " " : ", ").append("id + ").append(number).append(" AS c");
      items.append(number);
    }
    return items.toString();
  }
}
