package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Years and months as keys: numeric, but never 2026 beside 2026.0, so that groups by them are added
 * to and not read again.
 */
class ExtractedKeysTest {

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void groupsByFieldsOfDatesFollowRandomChanges(PostgresVersion version) throws Exception {
    Map<String, String> queries = new LinkedHashMap<>();
    queries.put(
        "by_day",
        "SELECT extract(day FROM day) AS day, count(*) AS n, sum(amount) AS total FROM sale GROUP BY 1");
    queries.put(
        "through_projections",
        "SELECT region, week, sum(amount) AS total FROM (SELECT c.region, extract(week FROM s.day) AS week,"
            + " s.amount FROM sale s JOIN customer c ON c.id = s.customer_id) x GROUP BY region, week");
    queries.put(
        "of_outer_joined",
        "SELECT extract(dow FROM s.day) AS dow, count(*) AS n FROM customer c LEFT JOIN sale s ON"
            + " s.customer_id = c.id GROUP BY 1");
    queries.put("distinct_days", "SELECT DISTINCT extract(doy FROM day) AS doy, product FROM sale");
    DifferentialRun.keeps(version, queries);
  }

  @Test
  void wholeNumbersAreKeysOfStatesAndOthersAreNot() throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      fixture.database.execute(
          "CREATE TABLE e (id int PRIMARY KEY, at timestamptz, took interval, price numeric)");
      fixture.start();
      assertThat(
              planClass(
                  fixture, "a", "SELECT extract(hour FROM at) AS k, count(*) FROM e GROUP BY 1"))
          .isEqualTo("algebraic");
      assertThat(
              planClass(
                  fixture, "b", "SELECT extract(month FROM took) AS k, count(*) FROM e GROUP BY 1"))
          .isEqualTo("algebraic");
      assertThat(
              planClass(
                  fixture, "c", "SELECT extract(epoch FROM took) AS k, count(*) FROM e GROUP BY 1"))
          .isEqualTo("group-recompute");
      assertThat(
              planClass(
                  fixture,
                  "d",
                  "SELECT k, count(*) FROM (SELECT extract(hour FROM at) AS k FROM e UNION ALL SELECT price"
                      + " FROM e) u GROUP BY k"))
          .isEqualTo("group-recompute");
      assertThat(
              planClass(
                  fixture,
                  "e2",
                  "SELECT extract(hour FROM at) * 1.0 AS k, count(*) FROM e GROUP BY 1"))
          .isEqualTo("group-recompute");
    }
  }

  private static String planClass(EngineFixture fixture, String name, String query) {
    return fixture.bring(fixture.manual(name, query)).planClass();
  }
}
