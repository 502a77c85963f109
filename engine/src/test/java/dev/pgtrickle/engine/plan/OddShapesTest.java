package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Types without equality, without hash, with loose equality; names that want to break out. */
class OddShapesTest {
  private static final String TABLE = "public.\"a\nDROP TABLE \"\"x\"\"; -- '$$?\"";

  private static final String[] SCHEMA = {
    "CREATE COLLATION public.loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
    "CREATE TYPE public.mood AS ENUM ('sad', 'ok')",
    "CREATE TYPE public.pair AS (a int, b numeric)",
    "CREATE DOMAIN public.label AS text COLLATE \"C\" CHECK (VALUE <> 'never')",
    "CREATE TABLE "
        + TABLE
        + """
         (
          "key" text COLLATE public.loose PRIMARY KEY, weight int, __count int, "q?" int,
          j json, x xml, p point, bits bit varying, cash money, v tsvector, r int4range,
          m public.mood, c public.pair, l public.label, ch char(4), nums numeric[], iv interval,
          oidv oid, n name, b bytea, i inet, long text)
        """
  };

  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM (t)",
          "SELECT \"key\", weight, j FROM (t)",
          "SELECT j, x, p, bits FROM (t)",
          "SELECT cash, v, r, m, c FROM (t)",
          "SELECT l, ch, nums, iv, n, b, i FROM (t)",
          "SELECT \"key\", l || 'x' AS lx, l FROM (t) WHERE l <> 'y'",
          "SELECT bits, count(*) AS n FROM (t) GROUP BY bits",
          "SELECT cash, m, l, sum(\"q?\") AS \"s?\" FROM (t) GROUP BY cash, m, l",
          "SELECT long, count(*) AS \"?\", sum(weight) AS w FROM (t) GROUP BY long",
          "SELECT b, n, i, count(c), count(\"key\") AS k FROM (t) GROUP BY b, n, i",
          "SELECT count(__count) AS c, sum(__count) AS s, weight FROM (t) GROUP BY weight",
          "SELECT sum(weight) AS weight, __count AS count FROM (t) GROUP BY __count");

  private static final List<String> CHANGES =
      List.of(
          row("'Bob'", 1, "'[1,2]'"),
          row("'eve'", 2, "'[1, 2]'"),
          "UPDATE (t) SET \"key\" = 'BOB', j = '[1,2 ]', ch = 'a', iv = '24 hours' WHERE \"key\" = 'bob'",
          "UPDATE (t) SET nums = '{1.0,NULL}', c = ROW(1, 1.0), p = '(0,-0)', x = '<a/>'",
          "UPDATE (t) SET nums = '{1.00,NULL}', c = ROW(1, 1.00), p = '(0,0)', x = '<a></a>'",
          "UPDATE (t) SET bits = bits || B'0', cash = cash * 2, m = 'ok', l = 'x' WHERE weight = 1",
          "UPDATE (t) SET long = (SELECT string_agg(md5(i::text), '') FROM generate_series(1, 3000) AS i)",
          "UPDATE (t) SET long = long || 'x', \"q?\" = NULL, __count = NULL WHERE weight = 2",
          "DELETE FROM (t) WHERE \"key\" = 'EVE'",
          "DELETE FROM (t)");

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void isMaintainedAllTheSame(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      Sessions.installSchemas(database);
      database.execute(SCHEMA);
      try (Connection connection = Sessions.pinned(database)) {
        CapturedTable source =
            CapturedTable.capture(
                connection, QualifiedName.of("public", "a\nDROP TABLE \"x\"; -- '$$?"), 7);
        List<MaintainedQuery> queries = new ArrayList<>();
        for (String query : QUERIES) {
          queries.add(
              MaintainedQuery.create(
                  connection,
                  source,
                  named(query),
                  "odd_" + queries.size(),
                  new StatementPlanner(new WindowPredicate())));
        }
        for (int step = 0; step < CHANGES.size(); step++) {
          try (var statement = connection.createStatement()) {
            statement.execute(CHANGES.get(step).replace("(t)", TABLE));
          }
          for (MaintainedQuery query : queries) {
            if (step % 2 == 0) {
              query.refreshSmall();
            } else {
              query.refreshLarge();
            }
            String place = CHANGES.get(step) + " under " + query.describe();
            assertThat(query.differences()).as(place).isEqualTo("0");
            assertThat(query.refreshFully())
                .as(place)
                .isEqualTo(new MaintainedQuery.Counts(0, 0, 0));
          }
        }
        assertThat(
                new SqlSession(connection).queryLong("SELECT count(*) FROM pgtrickle_data.odd_0"))
            .isZero();
      }
    }
  }

  /** A column whose name begins with two underscores can be read, but not put out. */
  private static String named(String query) {
    String star =
        "\"key\", weight, \"q?\", j, x, p, bits, cash, v, r, m, c, l, ch, nums, iv, oidv, n, b, i, long";
    return query.replace("SELECT *", "SELECT " + star).replace("(t)", TABLE);
  }

  private static String row(String key, int weight, String json) {
    return """
    INSERT INTO (t) VALUES (%s, %d, 7, 3, %s, '<a/>', '(1,2)', B'101', 12.5, 'fat cat', '[1,4)',
      'sad', ROW(1, 1.5), 'lab', 'ab', '{1.5,2}', '1 day', 5, 'nm', '\\x01', '10.0.0.1', 'short')
    """
        .formatted(key, weight, json);
  }
}
