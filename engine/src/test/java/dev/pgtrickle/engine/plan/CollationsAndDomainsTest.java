package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one side of an operator brings along from the other: collations, and domains' types. */
class CollationsAndDomainsTest {
  private static final String[] SCHEMA = {
    "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
    "CREATE DOMAIN given AS int NOT NULL",
    "CREATE TABLE a (id int PRIMARY KEY, x text COLLATE loose, w text COLLATE \"en-x-icu\", g given)",
    "CREATE TABLE b (id int PRIMARY KEY, t text, c text COLLATE \"C\", g given)",
    "INSERT INTO a VALUES (1, 'a', 'b', 1), (2, 'b', 'B', 2)",
    "INSERT INTO b VALUES (9, 'zz', 'zz', 9)"
  };

  private static final List<String> QUERIES =
      List.of(
          // Two values of t are equal to one of x: it must not be looked up twice.
          "SELECT a.id, a.x, b.id AS other FROM a LEFT JOIN b ON a.x = b.t",
          "SELECT a.id, a.x FROM a WHERE EXISTS (SELECT 1 FROM b WHERE a.x = b.t)",
          "SELECT a.id FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE a.w COLLATE loose = b.t)",
          "SELECT a.id, a.x FROM a WHERE a.x NOT IN (SELECT t FROM b)",
          // The collation of a UNION ALL is that of one of its sides.
          "SELECT w, w < 'a' AS less FROM (SELECT w FROM a UNION ALL SELECT t FROM b) AS u"
              + " WHERE w > 'aa'",
          "SELECT x, count(*) AS n FROM (SELECT x FROM a UNION ALL SELECT t FROM b) AS u GROUP BY x",
          "SELECT x FROM a UNION SELECT c COLLATE \"C\" FROM b",
          // NULL in the place of a domain's value is of the domain, even if that refuses NULL.
          "SELECT a.id, b.g FROM a LEFT JOIN b ON a.id = b.id",
          "SELECT a.g, b.g AS other, b.t FROM a FULL JOIN b ON a.g = b.g");

  private static final List<String> CHANGES =
      List.of(
          "INSERT INTO public.b VALUES (1, 'a', 'a', 1), (2, 'A', 'A', 2), (3, 'Z', 'Z', 2)",
          "INSERT INTO public.a VALUES (3, 'A', 'Z', 3), (4, 'z', 'a', 3)",
          "UPDATE public.b SET t = upper(t), c = lower(c), id = id + 20, g = 3 WHERE id < 3",
          "DELETE FROM public.a WHERE id IN (1, 3)",
          "DELETE FROM public.b");

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void areThoseOfTheQuery(PostgresVersion version) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      Sessions.installSchemas(database);
      database.execute(SCHEMA);
      try (Connection connection = Sessions.pinned(database)) {
        List<CapturedTable> sources =
            List.of(
                CapturedTable.capture(connection, QualifiedName.of("public", "a"), 7),
                CapturedTable.capture(connection, QualifiedName.of("public", "b"), 8));
        List<MaintainedQuery> queries = new ArrayList<>();
        for (String query : QUERIES) {
          MaintainedQuery maintained =
              MaintainedQuery.create(
                  connection,
                  sources,
                  query,
                  "stored_" + queries.size(),
                  new StatementPlanner(new WindowPredicate()));
          assertThat(maintained.plan().isFullOnly()).as(query).isFalse();
          queries.add(maintained);
        }
        for (String change : CHANGES) {
          try (var statement = connection.createStatement()) {
            statement.execute(change);
          }
          for (MaintainedQuery query : queries) {
            query.refreshChanged();
            assertThat(query.differences())
                .as(change + " under " + query.describe())
                .isEqualTo("0");
          }
        }
      }
    }
  }
}
