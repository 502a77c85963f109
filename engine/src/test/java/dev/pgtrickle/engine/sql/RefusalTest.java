package dev.pgtrickle.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.QueryCompiler;
import dev.pgtrickle.engine.plan.Sessions;
import dev.pgtrickle.engine.plan.Upkeep;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is not maintained is refused by its name, with its place where that is sure. */
class RefusalTest {
  private static final String[] OBJECTS = {
    """
    CREATE TABLE t (id int PRIMARY KEY, a text, b int, n numeric(10,2), m numeric, f float8,
      j jsonb, c char(3), i interval, ts timestamptz, arr int[])
    """,
    "CREATE TABLE u (id int PRIMARY KEY, x int)",
    "CREATE VIEW v AS SELECT id FROM t",
    "CREATE VIEW fenced WITH (security_barrier) AS SELECT id, a FROM t",
    "CREATE VIEW v2 AS SELECT b, a FROM t WHERE id > 0",
    "CREATE MATERIALIZED VIEW mv AS SELECT id FROM t",
    "CREATE TABLE parted (id int) PARTITION BY RANGE (id)",
    "CREATE TABLE part PARTITION OF parted FOR VALUES FROM (1) TO (9)",
    "CREATE TABLE parent (id int)",
    "CREATE TABLE child () INHERITS (parent)",
    "CREATE UNLOGGED TABLE fleeting (id int)",
    "CREATE TABLE secret (id int)",
    "ALTER TABLE secret ENABLE ROW LEVEL SECURITY",
    "CREATE FUNCTION vol(int) RETURNS int LANGUAGE sql VOLATILE AS 'SELECT $1'",
    "CREATE FUNCTION sta(int) RETURNS int LANGUAGE sql STABLE AS 'SELECT $1'",
    "CREATE FUNCTION imm(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
    "CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int)",
    "CREATE COLLATION loose (provider = icu, locale = 'und', deterministic = false)",
    "CREATE TABLE loosely (id int, a text COLLATE loose)",
    "CREATE DOMAIN money_like AS numeric(10,2)"
  };

  private record Refused(String query, ErrorCode code, String words, String place) {}

  private static List<Refused> refused() {
    List<Refused> all = new ArrayList<>();
    unsupported(all, "SELECT g FROM generate_series(1, 3) g", "without a table", "");
    unsupported(all, "VALUES (1), (2)", "without a table", "");
    unsupported(all, "SELECT 1 AS one", "without FROM", "");
    unsupported(all, "SELECT id FROM mv", "materialized view", "line 1, column 16");
    unsupported(all, "SELECT id FROM part", "partition", "line 1, column 16");
    unsupported(all, "SELECT id FROM ONLY parent", "tables below it", "line 1, column 21");
    unsupported(all, "SELECT id FROM ONLY parted", "tables below it", "line 1, column 21");
    unsupported(all, "SELECT id FROM child", "inheritance child", "line 1, column 16");
    unsupported(all, "SELECT id FROM fleeting", "unlogged", "line 1, column 16");
    unsupported(all, "SELECT id FROM secret", "row level security", "line 1, column 16");
    unsupported(all, "SELECT relname FROM pg_class", "system relation", "line 1, column 21");
    unsupported(
        all,
        "SELECT table_name FROM information_schema.tables",
        "system relation",
        "line 1, column 43");
    unsupported(all, "SELECT ctid AS x FROM t", "system column", "");
    unsupported(all, "SELECT tableoid AS x FROM t", "system column", "");
    unsupported(all, "SELECT t FROM t", "whole row", "");
    all.add(
        new Refused(
            "SELECT current_date AS d, id FROM t", ErrorCode.VOLATILE_FUNCTION, "clock", ""));
    unsupported(all, "SELECT a FROM t TABLESAMPLE system (10)", "TABLESAMPLE", "line 1, column 17");
    unsupported(all, "SELECT a FROM t FOR UPDATE", "FOR UPDATE", "line 1, column 17");
    unsupported(all, "SELECT FROM t", "without columns", "");
    unsupported(all, "SELECT a, b AS a FROM t", "same name: a", "");
    unsupported(all, "SELECT j ? 'x' AS a, b AS a FROM t", "same name: a", "");
    unsupported(all, "SELECT 1 FROM t", "no name", "");
    unsupported(all, "SELECT b AS xmin FROM t", "system column", "");
    unsupported(all, "SELECT b AS __count FROM t", "two underscores", "");
    unsupported(all, "SELECT b FROM t WHERE a = current_user", "CURRENT_USER", "");
    unsupported(all, "SELECT id FROM fenced", "security barrier", "line 1, column 16");
    unsupported(
        all, "SELECT id FROM (SELECT id FROM t FOR SHARE) AS s", "FOR UPDATE", "line 1, column 34");
    all.add(
        new Refused(
            "SELECT id FROM t WHERE ts > current_timestamp(3)",
            ErrorCode.VOLATILE_FUNCTION,
            "clock",
            ""));
    all.add(
        new Refused(
            "SELECT id, now() - ts AS age FROM t WHERE ts > now()",
            ErrorCode.VOLATILE_FUNCTION,
            "clock",
            ""));
    all.add(new Refused("SELECT a::date AS d FROM t", ErrorCode.VOLATILE_FUNCTION, "date_in", ""));
    all.add(
        new Refused(
            "SELECT random() AS r FROM t",
            ErrorCode.VOLATILE_FUNCTION,
            "random",
            "line 1, column 8"));
    all.add(
        new Refused(
            "SELECT vol(b) AS r FROM t",
            ErrorCode.VOLATILE_FUNCTION,
            "public.vol",
            "line 1, column 8"));
    all.add(
        new Refused(
            "SELECT id FROM t WHERE b = vol(1)",
            ErrorCode.VOLATILE_FUNCTION,
            "vol",
            "line 1, column 28"));
    all.add(
        new Refused(
            "SELECT random() AS \":expr\" FROM t",
            ErrorCode.VOLATILE_FUNCTION,
            "random",
            "line 1, column 8"));
    all.add(
        new Refused(
            "SELECT random() AS \"x[\", 1 AS \"]\" FROM t",
            ErrorCode.VOLATILE_FUNCTION,
            "random",
            "line 1, column 8"));
    all.add(new Refused("SELECT a, FROM t", ErrorCode.PARSE_ERROR, "FROM", "line 1, column 11"));
    all.add(
        new Refused(
            "SELECT 'ä😀', nope\nFROM t", ErrorCode.PARSE_ERROR, "nope", "line 1, column 15"));
    all.add(
        new Refused(
            "SELECT a\nFROM t\nWHERE nope(b)", ErrorCode.PARSE_ERROR, "nope", "line 3, column 7"));
    all.add(new Refused("SELECT a +", ErrorCode.PARSE_ERROR, "end of input", "line 1, column 11"));
    all.add(new Refused("", ErrorCode.PARSE_ERROR, "end of input", "line 1, column 1"));
    all.add(new Refused("SELECT 'abc", ErrorCode.PARSE_ERROR, "unterminated", "line 1, column 8"));
    all.add(
        new Refused(
            "SELECT a FROM missing", ErrorCode.SOURCE_MISSING, "missing", "line 1, column 15"));
    all.add(
        new Refused(
            "SELECT a FROM t WHERE id = $1", ErrorCode.PARSE_ERROR, "$1", "line 1, column 28"));
    all.add(
        new Refused(
            "SELECT a FROM t; DROP TABLE t",
            ErrorCode.PARSE_ERROR,
            "second statement",
            "line 1, column 18"));
    all.add(new Refused("SELECT a INTO x FROM t", ErrorCode.PARSE_ERROR, "INTO", ""));
    all.add(
        new Refused(
            "WITH w AS (DELETE FROM t RETURNING a) SELECT a FROM w",
            ErrorCode.PARSE_ERROR,
            "data-modifying",
            ""));
    all.add(
        new Refused(
            "SELECT a FROM t WITH CHECK OPTION", ErrorCode.PARSE_ERROR, "CHECK OPTION", ""));
    all.add(new Refused("DELETE FROM t", ErrorCode.PARSE_ERROR, "DELETE", "line 1, column 1"));
    all.add(
        new Refused(
            "SELECT 'x'::int AS x FROM t",
            ErrorCode.PARSE_ERROR,
            "invalid input syntax",
            "line 1, column 8"));
    all.add(
        new Refused(
            "SELECT a FROM t /*" + "x".repeat(QueryText.MAXIMUM_BYTES) + "*/",
            ErrorCode.QUERY_TOO_COMPLEX,
            "64 KiB",
            ""));
    return all;
  }

  /** What this version maintains by full refreshes only, and so refuses to who insists. */
  private static List<Refused> fullOnly() {
    List<Refused> all = new ArrayList<>();
    unsupported(all, "SELECT DISTINCT ON (b) a FROM t", "DISTINCT ON", "line 1, column 8");
    unsupported(all, "SELECT a FROM t LIMIT 3", "LIMIT", "line 1, column 17");
    unsupported(all, "SELECT a FROM t OFFSET 3", "OFFSET", "line 1, column 17");
    unsupported(all, "SELECT a FROM t FETCH FIRST 3 ROWS ONLY", "LIMIT", "line 1, column 17");
    unsupported(all, "SELECT a, row_number() OVER () AS r FROM t", "window", "line 1, column 24");
    unsupported(
        all, "SELECT sum(b) OVER w AS r FROM t WINDOW w AS ()", "window", "line 1, column 15");
    unsupported(
        all, "SELECT a, max(b*1) FROM t GROUP BY ROLLUP (a)", "ROLLUP", "line 1, column 36");
    unsupported(all, "SELECT a, max(b*1) FROM t GROUP BY CUBE (a)", "CUBE", "line 1, column 36");
    unsupported(
        all,
        "SELECT a, max(b*1) FROM t GROUP BY GROUPING SETS ((a), ())",
        "GROUPING SETS",
        "line 1, column 36");
    unsupported(all, "SELECT max(b) FROM t GROUP BY ()", "GROUPING SETS", "");
    unsupported(
        all, "SELECT count(DISTINCT m) FROM t", "DISTINCT in an aggregate", "line 1, column 14");
    unsupported(
        all, "SELECT sum(b ORDER BY b) FROM t", "ORDER BY in an aggregate", "line 1, column 14");
    unsupported(all, "SELECT bit_or(b) FROM t", "bit_or", "line 1, column 8");
    unsupported(all, "SELECT string_agg(a, ',') FROM t", "string_agg", "line 1, column 8");
    unsupported(
        all,
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY f) AS p FROM t",
        "percentile_cont",
        "line 1, column 8");
    unsupported(all, "SELECT total(b) FROM t", "total", "line 1, column 8");
    unsupported(all, "SELECT sum(f) FROM t", "double precision", "line 1, column 8");
    unsupported(all, "SELECT sum(i) FROM t", "interval", "line 1, column 8");
    unsupported(all, "SELECT count(t) FROM t", "whole row", "");
    unsupported(all, "SELECT sta(b) AS s FROM t", "public.sta", "line 1, column 8");
    unsupported(all, "SELECT id FROM t WHERE ts > now()", "clock", "line 1, column 29");
    return all;
  }

  /** What this version's delta rules follow. */
  private static List<String> differential() {
    return List.of(
        "SELECT a FROM (SELECT a FROM t) s",
        "SELECT a FROM t ORDER BY a",
        "SELECT id FROM v",
        "SELECT a FROM ONLY t",
        "SELECT a, b, count(*) FROM t GROUP BY id",
        "SELECT x FROM (SELECT a || a AS x, b FROM t WHERE b > 1) AS s WHERE b < 5",
        "SELECT count(*) AS n, sum(b) AS s FROM v2 WHERE b > 1",
        "SELECT xmlelement(name x, a) AS x FROM t",
        "SELECT ts::date AS d FROM t",
        "SELECT ts::text AS d FROM t",
        "SELECT ts + i AS later FROM t",
        "SELECT (ROW(ts, 1) < ROW(date '2024-01-01', 2)) AS x FROM t",
        "SELECT t.a FROM t JOIN u ON t.id = u.id",
        "SELECT t.a FROM t, u",
        "SELECT a FROM t LEFT JOIN u USING (id)",
        "SELECT (SELECT 1) AS x FROM t",
        "SELECT a FROM t WHERE EXISTS (SELECT FROM u)",
        "SELECT a FROM t WHERE id IN (SELECT id FROM u)",
        "WITH w AS (SELECT a FROM t)\nSELECT a FROM w",
        "SELECT\n  DISTINCT a FROM t",
        "SELECT a FROM t GROUP BY a HAVING count(*) > 1",
        "SELECT a FROM t UNION ALL SELECT a FROM t",
        "SELECT a FROM t INTERSECT SELECT a FROM t",
        "SELECT a FROM t EXCEPT SELECT a FROM t",
        "SELECT a, grouping(a) AS g FROM t GROUP BY a",
        "SELECT count(*) FILTER (WHERE b > 1) AS n FROM t",
        "SELECT avg(b) FROM t",
        "SELECT count(DISTINCT b) FROM t",
        "SELECT max(b), min(a), bool_or(b > 1), bit_xor(b) FROM t",
        "SELECT a, count(*) FROM t GROUP BY ROLLUP (a)",
        "SELECT a, count(*), GROUPING(a) FROM t GROUP BY CUBE (a)",
        "SELECT a, sum(b) FROM t GROUP BY GROUPING SETS ((a), ())",
        "SELECT count(*) FROM t GROUP BY ()",
        "SELECT sum(m) FROM t",
        "SELECT sum(n * 2) FROM t",
        "SELECT sum(n::money_like) FROM t",
        "SELECT generate_series(1, 2) AS g FROM t",
        "SELECT unnest(arr) AS x FROM t",
        "SELECT m, count(*) FROM t GROUP BY m",
        "SELECT n, count(*) FROM t GROUP BY n",
        "SELECT f, count(*) FROM t GROUP BY f",
        "SELECT j, count(*) FROM t GROUP BY j",
        "SELECT c, count(*) FROM t GROUP BY c",
        "SELECT i, count(*) FROM t GROUP BY i",
        "SELECT ARRAY[m] AS x, count(*) FROM t GROUP BY 1",
        "SELECT a, count(*) FROM loosely GROUP BY a");
  }

  private static void unsupported(List<Refused> all, String query, String words, String place) {
    all.add(new Refused(query, ErrorCode.UNSUPPORTED, words, place));
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void everyConstructIsNamed(PostgresVersion version) throws SQLException {
    try (TestDatabase database = database(version);
        Connection connection = Sessions.pinned(database)) {
      List<String> mistakes = new ArrayList<>();
      for (Refused refused : refused()) {
        mistake(connection, refused, RefreshMode.AUTO).ifPresent(mistakes::add);
      }
      for (Refused refused : fullOnly()) {
        mistake(connection, refused, RefreshMode.DIFFERENTIAL).ifPresent(mistakes::add);
      }
      assertThat(mistakes).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void whatNoDeltaRuleFollowsIsMaintainedFully(PostgresVersion version) throws SQLException {
    try (TestDatabase database = database(version);
        Connection connection = Sessions.pinned(database)) {
      List<String> mistakes = new ArrayList<>();
      for (Refused full : fullOnly()) {
        try {
          MaintenancePlan plan = compile(connection, full.query(), RefreshMode.AUTO);
          boolean named =
              plan.upkeep() instanceof Upkeep.Full upkeep
                  && upkeep.reasons().stream().anyMatch(reason -> reason.contains(full.words()));
          if (!named) {
            mistakes.add(full.query() + "\n  -> " + plan.upkeep());
          }
        } catch (TrickleException failure) {
          mistakes.add(full.query() + "\n  -> " + failure.oneLine());
        }
      }
      assertThat(mistakes).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void whatTheRulesFollowIsDifferential(PostgresVersion version) throws SQLException {
    try (TestDatabase database = database(version);
        Connection connection = Sessions.pinned(database)) {
      for (String query : differential()) {
        assertThat(compile(connection, query, RefreshMode.DIFFERENTIAL).isFullOnly())
            .as(query)
            .isFalse();
      }
    }
  }

  @Test
  void whatHasNoAnswerOfItsOwnIsAcceptedWhereFullRefreshesAreAskedFor() throws SQLException {
    try (TestDatabase database = database(TestServers.newest());
        Connection connection = Sessions.pinned(database)) {
      for (String query :
          List.of(
              "SELECT random() AS r FROM t",
              "SELECT id FROM t WHERE b = vol(1)",
              "SELECT current_date AS d, id FROM t",
              "SELECT ctid AS x FROM t",
              "SELECT a FROM t TABLESAMPLE system (10)",
              "SELECT a::date AS d FROM t")) {
        MaintenancePlan plan = compile(connection, query, RefreshMode.FULL);
        assertThat(plan.upkeep())
            .as(query)
            .isInstanceOfSatisfying(
                Upkeep.Full.class,
                full -> {
                  assertThat(full.isComparable()).isFalse();
                  assertThat(full.isStill()).isFalse();
                });
      }
      assertThat(
              compile(connection, "SELECT id FROM t WHERE ts > now()", RefreshMode.FULL).upkeep())
          .isInstanceOfSatisfying(
              Upkeep.Full.class,
              full -> {
                assertThat(full.isComparable()).isTrue();
                assertThat(full.isStill()).isFalse();
              });
      assertThat(compile(connection, "SELECT sta(b) AS s FROM t", RefreshMode.AUTO).upkeep())
          .isInstanceOfSatisfying(
              Upkeep.Full.class,
              full -> {
                assertThat(full.isComparable()).isTrue();
                assertThat(full.isStill()).isFalse();
              });
    }
  }

  private static Optional<String> mistake(
      Connection connection, Refused refused, RefreshMode mode) {
    try {
      compile(connection, refused.query(), mode);
      return Optional.of("accepted: " + refused.query());
    } catch (TrickleException failure) {
      boolean right =
          failure.code() == refused.code()
              && failure.what().contains(refused.words())
              && failure.where().orElse("").equals(refused.place())
              && !failure.remedy().isBlank();
      return right
          ? Optional.empty()
          : Optional.of(refused.query() + "\n  -> " + failure.oneLine());
    }
  }

  @Test
  void virtualGeneratedColumnsAreRefused() throws SQLException {
    if (TestServers.newest().major() < 18) {
      return;
    }
    try (TestDatabase database = database(TestServers.newest());
        Connection connection = Sessions.pinned(database)) {
      database.execute("CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL)");
      assertThatThrownBy(() -> compile(connection, "SELECT a, b FROM g"))
          .isInstanceOfSatisfying(
              TrickleException.class,
              failure -> assertThat(failure.what()).contains("virtual generated column"));
      compile(connection, "SELECT a FROM g");
    }
  }

  @Test
  void ownerNeedsItsOwnRights() throws SQLException {
    try (TestDatabase database = database(TestServers.newest());
        Connection connection = Sessions.pinned(database)) {
      String role = database.user() + "_reader";
      database.executeAsSuperuser(
          "CREATE ROLE " + role, "GRANT " + role + " TO " + database.user());
      try {
        AnalysisSession asReader =
            new AnalysisSession(
                connection, Identifier.of("public"), Optional.of(Identifier.of(role)));
        QueryText query = new QueryText("SELECT id, a FROM t");
        assertThatThrownBy(() ->
                new QueryCompiler(Bounds.standard()).compile(query, asReader, RefreshMode.AUTO))
            .isInstanceOfSatisfying(
                TrickleException.class,
                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
        database.execute("GRANT SELECT ON t TO " + role);
        assertThat(
                new QueryCompiler(Bounds.standard())
                    .compile(query, asReader, RefreshMode.AUTO)
                    .columns())
            .hasSize(2);
      } finally {
        database.executeAsSuperuser("DROP OWNED BY " + role, "DROP ROLE " + role);
      }
    }
  }

  @Test
  void unknownOrForbiddenOwnersAreNamed() throws SQLException {
    try (TestDatabase database = database(TestServers.newest());
        Connection connection = Sessions.pinned(database)) {
      assertThat(failureAs(connection, "nobody_at_all").code()).isEqualTo(ErrorCode.NOT_FOUND);
      assertThat(failureAs(connection, "postgres").code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
    }
  }

  @Test
  void analysisLeavesNothingBehind() throws SQLException {
    try (TestDatabase database = database(TestServers.newest());
        Connection connection = Sessions.pinned(database)) {
      compile(connection, "SELECT a, count(*) FROM t GROUP BY a");
      assertThatThrownBy(() -> compile(connection, "SELECT nope FROM t"))
          .isInstanceOf(TrickleException.class);
      try (var statement = connection.createStatement();
          var row =
              statement.executeQuery(
                  "SELECT count(*) || current_setting('search_path') || current_setting('quote_all_identifiers')"
                      + " FROM pg_class WHERE relname LIKE 'pgtrickle%'")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("0pg_catalogoff");
      }
    }
  }

  private static TrickleException failureAs(Connection connection, String owner) {
    AnalysisSession session =
        new AnalysisSession(connection, Identifier.of("public"), Optional.of(Identifier.of(owner)));
    try {
      new QueryCompiler(Bounds.standard())
          .compile(new QueryText("SELECT id FROM t"), session, RefreshMode.AUTO);
    } catch (TrickleException failure) {
      return failure;
    }
    throw new AssertionError("not refused");
  }

  private static TestDatabase database(PostgresVersion version) throws SQLException {
    TestDatabase database = TestDatabase.create(version);
    database.execute(OBJECTS);
    return database;
  }

  private static MaintenancePlan compile(Connection connection, String query) {
    return compile(connection, query, RefreshMode.AUTO);
  }

  private static MaintenancePlan compile(Connection connection, String query, RefreshMode mode) {
    return new QueryCompiler(Bounds.standard())
        .compile(
            new QueryText(query),
            new AnalysisSession(connection, Identifier.of("public"), Optional.empty()),
            mode);
  }
}
