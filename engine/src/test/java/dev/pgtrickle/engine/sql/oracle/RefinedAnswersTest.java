package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.rewrite.Refinement;
import dev.pgtrickle.engine.algebra.rewrite.RemainingAmbiguity;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P10, one query for each way to be ambiguous: the refined answer is the same wherever the rows
 * stand and however PostgreSQL goes about it.
 */
class RefinedAnswersTest {
  private static final String SCHEMA =
      """
      CREATE TABLE amb (k int, o int, n numeric, m numeric(6,2), f float8, i interval, j jsonb, b bpchar, a numeric[], t text);
      CREATE TABLE other (n numeric, a numeric[]);
      INSERT INTO amb SELECT g % 3, g % 4,
        (ARRAY[1.0, 1.00, 2, 2.000, NULL])[1 + g % 5], g % 5,
        (ARRAY['-0', '0', '1e16', '-1e16', '0.1', '1', '3'])[1 + g % 7]::float8,
        (ARRAY['1 mon', '30 days', '720:00', '1 day'])[1 + (g / 3) % 4]::interval,
        (ARRAY['{"v": 1.0}', '{"v": 1.00}', '{"v": 2}'])[1 + (g / 2) % 3]::jsonb,
        (ARRAY['x', 'x  ', 'y', 'y '])[1 + g % 4]::bpchar,
        (ARRAY['{1.0,2}', '{1.00,2}', '{1,2.0}'])[1 + g % 3]::numeric[],
        't' || (g * 7) % 11
        FROM generate_series(1, 120) AS g;
      INSERT INTO other SELECT (ARRAY[1.000, 2.0, 1.0, 3])[1 + g % 4], (ARRAY['{1,2}', '{3}'])[1 + g % 2]::numeric[] FROM generate_series(1, 30) AS g;
      CREATE FUNCTION keep(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT COALESCE($1 || $2, $1, $2)';
      CREATE AGGREGATE glued(text) (SFUNC = keep, STYPE = text);
      ANALYZE amb; ANALYZE other;
      """;

  /** Each has several right answers, and PostgreSQL 14 knows it. */
  private static final List<String> AMBIGUOUS =
      List.of(
          // Representatives of groups, DISTINCT and set operations.
          "SELECT n, count(*) AS c FROM amb GROUP BY n",
          "SELECT n, f, b, count(*) AS c FROM amb GROUP BY n, f, b HAVING count(*) > 1",
          "SELECT n, k, sum(o) AS s FROM amb GROUP BY ROLLUP (n, k)",
          "SELECT n, a, k, count(*) AS c, GROUPING(n, a) AS g FROM amb GROUP BY GROUPING SETS ((n,"
              + " a), (n, k), (a), ())",
          "SELECT n + 1 AS p, max(k) AS m FROM amb GROUP BY n + 1",
          "SELECT k FROM amb AS y WHERE o IN (SELECT max(x.o) FROM amb AS x GROUP BY y.n, x.k)",
          "SELECT k, (SELECT array_agg(z.n) FROM (SELECT y.n, x.a FROM amb AS x GROUP BY ROLLUP"
              + " (y.n, x.a)) AS z) AS n FROM amb AS y",
          "SELECT i, count(*) AS c FROM amb GROUP BY i",
          "SELECT j, count(*) AS c FROM amb GROUP BY j",
          "SELECT DISTINCT n FROM amb",
          "SELECT DISTINCT n, a, b FROM amb",
          "SELECT DISTINCT k, i, j FROM amb",
          "SELECT n, a FROM amb UNION SELECT n, a FROM other",
          "SELECT n, a FROM amb INTERSECT SELECT n, a FROM other",
          "SELECT n, a FROM amb INTERSECT ALL SELECT n, a FROM other",
          "SELECT n, a FROM amb EXCEPT SELECT n, a FROM other",
          "SELECT n, a FROM amb EXCEPT ALL SELECT n, a FROM other",
          // Extremes and other aggregates that give back a value.
          "SELECT k, min(n) AS n, max(n) AS x, min(f) AS f, max(i) AS i, min(b) AS b, max(a) AS a"
              + " FROM amb GROUP BY k",
          "SELECT max(n) FILTER (WHERE o > 1) AS n, max(n) FILTER (WHERE o > 9) AS z, min(n) FILTER"
              + " (WHERE n IS NULL) AS u FROM amb",
          "SELECT k, percentile_disc(0.5) WITHIN GROUP (ORDER BY n) AS d, mode() WITHIN GROUP"
              + " (ORDER BY i DESC) AS m FROM amb GROUP BY k",
          // DISTINCT aggregates.
          "SELECT k, sum(DISTINCT n) AS s, avg(DISTINCT n) AS v, array_agg(DISTINCT n ORDER BY n"
              + " DESC) AS a FROM amb GROUP BY k",
          "SELECT sum(DISTINCT n) FILTER (WHERE o = 1) AS s, array_agg(DISTINCT i) AS i,"
              + " string_agg(DISTINCT t, ',') AS t, sum(DISTINCT f) AS f FROM amb",
          "SELECT string_agg(DISTINCT t, ',' ORDER BY t DESC) AS t, array_agg(DISTINCT a) AS a FROM"
              + " amb",
          // Aggregates that look at the order.
          "SELECT k, array_agg(o) AS o, array_agg(b) AS b, string_agg(t, ',') AS t, json_agg(n) AS"
              + " j, jsonb_object_agg(k, n) AS x, json_object_agg(t, o) AS y FROM amb GROUP BY k",
          "SELECT k, string_agg(t, ',' ORDER BY o) AS t, array_agg(n ORDER BY n) AS n FROM amb"
              + " GROUP BY k",
          "SELECT k, sum(f) AS s, avg(f) AS a, stddev(f) AS d, corr(f, o) AS c FROM amb GROUP BY k",
          "SELECT k, glued(t) AS t, xmlagg(xmlelement(name e, t)) AS x FROM amb GROUP BY k",
          // Windows.
          "SELECT k, t, row_number() OVER (ORDER BY o) AS r, ntile(7) OVER (ORDER BY o) AS q,"
              + " lag(t) OVER (ORDER BY o) AS l, lead(t, 2) OVER (PARTITION BY k ORDER BY o) AS e"
              + " FROM amb",
          "SELECT k, t, lag(t) OVER (ORDER BY o RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS l"
              + " FROM amb",
          "SELECT k, t, first_value(t) OVER (ORDER BY o) AS f, last_value(t) OVER (ORDER BY o) AS"
              + " l, nth_value(t, 3) OVER (PARTITION BY k ORDER BY o) AS n FROM amb",
          "SELECT k, t, first_value(n) OVER (ORDER BY o RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING)"
              + " AS f, last_value(n) OVER (ORDER BY o GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW"
              + " EXCLUDE CURRENT ROW) AS l FROM amb",
          "SELECT k, t, first_value(t) OVER (ORDER BY o GROUPS BETWEEN CURRENT ROW AND 1 FOLLOWING"
              + " EXCLUDE TIES) AS f, nth_value(t, 2) OVER (ORDER BY o RANGE BETWEEN 1 PRECEDING"
              + " AND CURRENT ROW EXCLUDE GROUP) AS n FROM amb",
          "SELECT k, t, last_value(t) OVER (PARTITION BY k) AS l, first_value(t) OVER (PARTITION BY"
              + " k) AS f FROM amb",
          "SELECT k, t, sum(o) OVER w AS s, rank() OVER w AS r, dense_rank() OVER w AS d FROM amb"
              + " WINDOW w AS (PARTITION BY k ORDER BY o ROWS 2 PRECEDING)",
          "SELECT k, t, array_agg(t) OVER (PARTITION BY k ORDER BY o) AS a, string_agg(t, ',')"
              + " FILTER (WHERE o > 1) OVER (PARTITION BY k) AS s FROM amb",
          "SELECT k, t, sum(f) OVER (ORDER BY o) AS s, avg(f) OVER (PARTITION BY k) AS a FROM amb",
          "SELECT k, t, min(n) OVER (ORDER BY o) AS m, max(n) FILTER (WHERE k = 1) OVER (ORDER BY o"
              + " RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS x FROM amb",
          // The first rows.
          "SELECT k, t FROM amb ORDER BY o LIMIT 7",
          "SELECT k, n FROM amb ORDER BY o OFFSET 5",
          "SELECT n, a FROM amb ORDER BY n FETCH FIRST 5 ROWS ONLY",
          "SELECT k, t FROM amb ORDER BY o OFFSET 3 FETCH FIRST 4 ROWS WITH TIES",
          "SELECT DISTINCT ON (n) n, t FROM amb ORDER BY n, o",
          "SELECT o, (SELECT t FROM amb AS x WHERE x.o = y.o LIMIT 1) AS t FROM amb AS y",
          "SELECT k, ARRAY(SELECT t FROM amb AS x WHERE x.o = y.o) AS s, ARRAY(SELECT n FROM amb AS"
              + " x WHERE x.k = y.k ORDER BY o) AS n FROM amb AS y WHERE o = 1",
          "SELECT ARRAY(SELECT t FROM amb ORDER BY o LIMIT 5) AS t, ARRAY(WITH w AS (SELECT t FROM"
              + " amb) SELECT t FROM w) AS w");

  /** The same for SQL/JSON and any_value. */
  private static final List<String> AMBIGUOUS_FROM_16 =
      List.of(
          "SELECT k, any_value(t) AS t FROM amb GROUP BY k",
          "SELECT k, JSON_ARRAYAGG(t) AS a, JSON_ARRAYAGG(t ORDER BY o DESC NULLS LAST RETURNING"
              + " jsonb) AS o, JSON_ARRAYAGG(n NULL ON NULL) AS n FROM amb GROUP BY k",
          "SELECT k, JSON_ARRAYAGG(j::text FORMAT JSON RETURNING text) AS j FROM amb GROUP BY k",
          "SELECT k, JSON_OBJECTAGG(t : n) AS o, JSON_OBJECTAGG(t : n ABSENT ON NULL RETURNING"
              + " jsonb) AS b FROM amb GROUP BY k");

  private static final List<String> WITHOUT_ONE_ANSWER =
      List.of(
          "SELECT sum(f) OVER (ORDER BY o RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM amb",
          "SELECT count(*) OVER (ORDER BY o ROWS 2 PRECEDING EXCLUDE TIES) AS c FROM amb",
          "SELECT k, sum(DISTINCT n) AS s FROM amb GROUP BY GROUPING SETS ((k), ())",
          "WITH RECURSIVE r(n) AS (SELECT n FROM amb UNION SELECT n + 1 FROM r WHERE n < 3) SELECT"
              + " n FROM r");

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void everyRefinedAnswerIsUnique(PostgresVersion version) throws SQLException {
    List<String> queries = new ArrayList<>(AMBIGUOUS);
    queries.addAll(version.major() >= 16 ? AMBIGUOUS_FROM_16 : List.of());
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(SCHEMA);
      List<String> wrong = new ArrayList<>();
      int changedBefore = 0;
      try (CanonicalSession session = new CanonicalSession(database)) {
        List<String> refined = new ArrayList<>();
        for (String query : queries) {
          refined.add(refined(session, query, wrong));
        }
        List<List<String>> first = answers(session, queries, refined);
        database.execute(
            """
            UPDATE amb SET k = k WHERE hashtext(t || o) % 2 = 0;
            UPDATE amb SET k = k WHERE hashtext(t || n) % 3 = 0;
            UPDATE other SET n = n WHERE n > 1;
            """);
        session.execute("SET enable_hashagg = off; SET enable_incremental_sort = off");
        session.connection().commit();
        List<List<String>> second = answers(session, queries, refined);
        for (int index = 0; index < queries.size(); index++) {
          changedBefore += first.getFirst().get(index).equals(second.getFirst().get(index)) ? 0 : 1;
          if (!first.getLast().get(index).equals(second.getLast().get(index))) {
            wrong.add(queries.get(index) + "\n" + refined.get(index));
          }
          if (!rows(first.getFirst().get(index)).equals(rows(first.getLast().get(index)))) {
            wrong.add("another number of rows: " + queries.get(index) + "\n" + refined.get(index));
          }
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(changedBefore).as("answers that were ambiguous before").isGreaterThan(25);
    }
  }

  @Test
  void whatHasNoUniqueAnswerIsNamed() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(SCHEMA);
      try (CanonicalSession session = new CanonicalSession(database)) {
        for (String query : WITHOUT_ONE_ANSWER) {
          assertThat(RemainingAmbiguity.of(TypedPlans.typed(session, query)))
              .as(query)
              .isNotEmpty();
        }
        for (String query : AMBIGUOUS) {
          assertThat(RemainingAmbiguity.of(TypedPlans.typed(session, query))).as(query).isEmpty();
        }
      }
    }
  }

  @Test
  void aValueOfOneScaleHasOneImage() throws SQLException {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(SCHEMA);
      try (CanonicalSession session = new CanonicalSession(database)) {
        Operator plan = TypedPlans.typed(session, "SELECT DISTINCT m, t FROM amb GROUP BY m, t");
        assertThat(new Refinement().apply(plan)).isEqualTo(plan);
      }
    }
  }

  private static String refined(CanonicalSession session, String query, List<String> wrong)
      throws SQLException {
    Operator plan = TypedPlans.typed(session, query);
    String canonical = session.canonicalOfUser(query).orElseThrow();
    Optional<String> difference =
        new RoundTrip(session, resolved -> new Refinement().apply(TypedPlans.of(session, resolved)))
            .difference(canonical, RoundTrip.Compared.TYPES);
    difference.ifPresent(found -> wrong.add(query + "\n" + found));
    return new QueryUnparser().query(new Refinement().apply(plan));
  }

  /** The answers of the queries as they are, then the refined ones. */
  private static List<List<String>> answers(
      CanonicalSession session, List<String> queries, List<String> refined) throws SQLException {
    List<String> plain = new ArrayList<>();
    List<String> unique = new ArrayList<>();
    for (int index = 0; index < queries.size(); index++) {
      plain.add(answer(session, queries.get(index)));
      unique.add(answer(session, refined.get(index)));
    }
    return List.of(plain, unique);
  }

  private static String answer(CanonicalSession session, String sql) throws SQLException {
    try {
      session.execute("SET LOCAL search_path = public");
      return RoundTrip.rows(session, sql);
    } catch (SQLException failure) {
      throw new SQLException(failure.getMessage() + "\n" + sql, failure);
    } finally {
      session.connection().rollback();
    }
  }

  private static String rows(String digest) {
    return digest.substring(0, digest.indexOf(' '));
  }
}
