package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Whoever reads a stream table just after its first load has a planner that knows it. */
class StatisticsTest {
  private static final String KNOWN_ROWS =
      """
      SELECT string_agg(reltuples::text, ' ' ORDER BY relname)
      FROM pg_class
      WHERE relnamespace = 'pgtrickle_data'::regnamespace AND relkind = 'r' AND relname ~ '^storage'\
      """;

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void theFirstLoadIsAnalysed(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE ev (id int PRIMARY KEY, kind int NOT NULL)",
          "INSERT INTO ev SELECT n, n % 40 FROM generate_series(1, 500) AS n");
      fixture.start();
      fixture.bring(
          fixture.manual(
              "kinds",
              "SELECT kind, count(*) AS n FROM public.ev GROUP BY kind HAVING count(*) > 12"));
      assertThat(fixture.database.queryText(KNOWN_ROWS)).isEqualTo("20 40");
    }
  }
}
