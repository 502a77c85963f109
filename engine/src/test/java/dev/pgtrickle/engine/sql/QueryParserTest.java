package dev.pgtrickle.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.plan.Sessions;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {
  private static final String[] OBJECTS = {
    "CREATE SCHEMA app",
    "CREATE TYPE app.mood AS ENUM ('sad', 'ok')",
    "CREATE TYPE app.pair AS (a int, \"Weird \"\"name\" text)",
    "CREATE DOMAIN app.small AS int CHECK (VALUE < 100)",
    """
    CREATE TABLE app."T t" (id int, "select" text, b int, n numeric(10,2), p app.pair, m app.mood,
      arr int[], j jsonb, s app.small, ts timestamp, c char(5), flag boolean, iv interval, x bytea)
    """,
    "CREATE FUNCTION app.count(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1'",
    "CREATE FUNCTION app.f(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a'",
    "CREATE FUNCTION app.v(VARIADIC int[]) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
    "CREATE OPERATOR app.<~> (LEFTARG = int, RIGHTARG = int, FUNCTION = int4pl)"
  };

  /** Each must be printed as it was understood; the canonical texts of 14 to 18 differ. */
  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM app.\"T t\"",
          "SELECT id, \"select\" FROM app.\"T t\" AS q",
          "SELECT k, l AS id FROM app.\"T t\" AS q(k, l)",
          "SELECT b + id * 2 - 1 AS x, -b AS y, b <> 1 AS z FROM app.\"T t\"",
          "SELECT CASE WHEN b > 1 THEN 'x' WHEN b IS NULL THEN NULL ELSE 'a\"b''c' END AS x FROM app.\"T t\"",
          "SELECT CASE b WHEN 1 THEN id ELSE 2 END AS x FROM app.\"T t\"",
          "SELECT (p).a, (p).\"Weird \"\"name\" AS w FROM app.\"T t\"",
          "SELECT arr[1] AS a, arr[1:2] AS s, (ARRAY[b, id])[1] AS e FROM app.\"T t\"",
          "SELECT id FROM app.\"T t\" WHERE m = 'ok' AND (b IN (1, 2) OR NOT flag) AND b BETWEEN 1 AND 3",
          "SELECT id FROM app.\"T t\" WHERE b = ANY (arr) OR b <> ALL (ARRAY[1, id])",
          "SELECT id FROM app.\"T t\" WHERE \"select\" LIKE 'a%' OR \"select\" ~* '^x' OR \"select\" SIMILAR TO 'b'",
          "SELECT id OPERATOR(app.<~>) b AS o FROM app.\"T t\"",
          "SELECT app.count(b) AS c, app.f(b => 2, a => id) AS f, app.v(1, b) AS v FROM app.\"T t\"",
          "SELECT app.v(VARIADIC arr) AS v FROM app.\"T t\"",
          "SELECT extract(year FROM ts) AS y, extract(epoch FROM iv) AS e FROM app.\"T t\"",
          "SELECT substring(\"select\" FROM 1 FOR 2) AS a, position('x' IN \"select\") AS b, "
              + "trim(BOTH 'x' FROM \"select\") AS c, overlay(\"select\" PLACING 'y' FROM 2) AS d FROM app.\"T t\"",
          "SELECT ts AT TIME ZONE 'UTC' AS z, ts + iv AS l FROM app.\"T t\"",
          "SELECT id FROM app.\"T t\" WHERE (ts, ts) OVERLAPS (ts, iv)",
          "SELECT id FROM app.\"T t\" WHERE (id, b) < (1, 2) AND ROW(id, b) IS NOT NULL AND flag IS NOT TRUE",
          "SELECT id FROM app.\"T t\" WHERE flag IS UNKNOWN OR b IS NOT DISTINCT FROM id",
          "SELECT \"select\" COLLATE \"C\" AS c, \"select\" || 'ü' AS d FROM app.\"T t\"",
          "SELECT n::numeric(5,1) AS a, b::bigint AS b, 'x'::varchar(3) AS c, c::text AS d, 1.5e3::float8 AS e, "
              + "'1 day'::interval AS f, arr::bigint[] AS g, '2 h'::interval hour AS h, '10:00'::time(3) AS t, B'101' AS i "
              + "FROM app.\"T t\"",
          "SELECT s, s + 1 AS t, 5::app.small AS u FROM app.\"T t\"",
          "SELECT j -> 'a' AS a, j ->> 'b' AS b, j #> '{a,b}' AS c, j ? 'x' AS d, j @> '{\"a\": 1}' AS e FROM app.\"T t\"",
          "SELECT coalesce(b, 1) AS a, nullif(b, 2) AS b, greatest(b, id, 3) AS c, least(b, 1) AS d FROM app.\"T t\"",
          "SELECT '\\x00'::bytea || x AS b, E'a\\nb\\\\c' AS e, '' AS empty FROM app.\"T t\"",
          "SELECT normalize(\"select\", NFC) AS n, \"select\" IS NFC NORMALIZED AS i FROM app.\"T t\"",
          "SELECT NULL AS nothing, true AS yes, ROW(id, b) = ROW(1, 2) AS r FROM app.\"T t\"",
          "SELECT count(*), count(b) AS c, sum(b), sum(n) + 1 AS s FROM app.\"T t\"",
          "SELECT \"select\", b % 2 AS odd, count(*) * 2 AS n FROM app.\"T t\" GROUP BY 1, 2",
          "SELECT upper(\"select\") || 'x' AS u, sum(b + 1) AS s FROM app.\"T t\" GROUP BY upper(\"select\")",
          "SELECT date_trunc('day', ts) AS d, m, count(*) FROM app.\"T t\" WHERE b > 0 GROUP BY date_trunc('day', ts), m",
          "SELECT sum(CASE WHEN flag THEN b END) AS s FROM app.\"T t\" GROUP BY b IS NULL, (p).a, arr[1], b::text");

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void whatIsPrintedHasTheSameCanonicalText(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(OBJECTS);
      try (Connection connection = Sessions.pinned(database)) {
        List<String> mistakes = new ArrayList<>();
        for (String query : QUERIES) {
          String canonical = canonical(connection, query);
          String again =
              canonical(connection, new QueryPrinter().print(QueryParser.parse(canonical)));
          if (!again.equals(canonical)) {
            mistakes.add(canonical + "\n->\n" + again);
          }
        }
        assertThat(mistakes).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void whatIsRegeneratedHasTheSameColumns(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(OBJECTS);
      try (Connection connection = Sessions.pinned(database)) {
        for (String query : QUERIES) {
          AnalyzedQuery analyzed =
              new QueryAnalyzer()
                  .analyze(
                      new QueryText(query),
                      new AnalysisSession(connection, Identifier.of("public"), Optional.empty()));
          assertThat(analyzed.root().columns()).isNotEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT \"a\" FROM \"s\".\"t\" ORDER BY \"a\"",
        "SELECT \"a\" FROM \"s\".\"t\", \"s\".\"u\"",
        "SELECT \"a\" FROM (\"s\".\"t\" JOIN \"s\".\"u\" ON (true))",
        "SELECT (SELECT 1) AS \"x\" FROM \"s\".\"t\"",
        "SELECT JSON_VALUE(\"j\", '$' RETURNING \"text\") AS \"x\" FROM \"s\".\"t\"",
        "SELECT \"sum\"(\"a\") OVER () AS \"x\" FROM \"s\".\"t\"",
        "SELECT \"count\"(*) FILTER (WHERE \"a\") AS \"x\" FROM \"s\".\"t\"",
        "SELECT \"sum\"(DISTINCT \"a\", \"b\") AS \"x\" FROM \"s\".\"t\"",
        "SELECT DISTINCT ON (\"a\") \"a\" FROM \"s\".\"t\"",
        "SELECT \"t\".* FROM \"s\".\"t\"",
        "SELECT \"a\" FROM ONLY \"s\".\"t\"",
        "SELECT \"a\" FROM \"s\".\"t\" TABLESAMPLE \"system\"(1)",
        "SELECT \"a\" FROM \"t\"",
        "WITH \"x\" AS (SELECT 1) SELECT \"a\" FROM \"s\".\"t\"",
        "SELECT \"a\" FROM \"s\".\"t\"; SELECT 1",
        "SELECT  FROM \"s\".\"t\""
      })
  void unknownSyntaxIsNeverGuessed(String canonical) {
    assertThatThrownBy(() -> QueryParser.parse(canonical))
        .isInstanceOf(UnknownSyntaxException.class);
  }

  @Test
  void namesThatAreNoColumnsAreToldApart() {
    ParsedQuery query =
        QueryParser.parse(
            "SELECT \"public\".\"f\"(\"x\" => (\"a\")::\"public\".\"t\", \"b\" COLLATE \"C\") AS \"n\","
                + " (\"c\").\"d\" AS \"m\" FROM \"s\".\"t\" \"q\"");
    List<String> columns =
        query.items().stream()
            .flatMap(item -> item.expression().elements().stream())
            .filter(Element.ColumnReference.class::isInstance)
            .map(element -> ((Element.ColumnReference) element).name().name())
            .toList();
    assertThat(columns).containsExactly("a", "b", "c");
  }

  private static String canonical(Connection connection, String query) throws SQLException {
    AnalysisSession session =
        new AnalysisSession(connection, Identifier.of("public"), Optional.empty());
    return session.rolledBack(inside -> {
      new QueryView(session, new Refusals(query)).create(inside, query);
      session.readCanonically();
      return ViewFacts.read(inside).canonicalText();
    });
  }
}
