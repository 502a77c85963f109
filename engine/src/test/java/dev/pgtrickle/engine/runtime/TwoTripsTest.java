package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A refresh asks its server twice: once for locks, snapshot and state, and once for everything
 * else. What the driver sends together depends on the statements: of a row whose size it cannot
 * foresee it waits for the answer before it sends on.
 */
class TwoTripsTest {
  private static final Pattern ADDRESS = Pattern.compile("//[^/]*:(\\d+)/");
  private static final int WARM = 4;

  @ParameterizedTest
  @CsvSource({"small, 10", "large, 2000"})
  void aRefreshMakesTwoTrips(String name, int changes) throws Exception {
    try (EngineFixture fixture = new EngineFixture(TestServers.newest())) {
      Matcher address = ADDRESS.matcher(fixture.database.jdbcUrl());
      assertThat(address.find()).isTrue();
      try (RecordingProxy proxy = new RecordingProxy(Integer.parseInt(address.group(1)))) {
        String url = address.replaceFirst("//127.0.0.1:" + proxy.port() + "/");
        fixture.database.execute(
            "CREATE TABLE entry (id int PRIMARY KEY, kind int, amount numeric(12,2))",
            "INSERT INTO entry SELECT n, n % 5, n FROM generate_series(1, 3000) AS n");
        fixture.start(
            new ConnectionTarget(url, fixture.database.user(), ""), EngineRules.standard());
        String query =
            "SELECT kind, count(*) AS n, sum(amount) AS total FROM public.entry GROUP BY kind";
        fixture.bring(fixture.manual("totals", query));
        for (int round = 0; round < WARM; round++) {
          proxy.forget();
          fixture.database.execute("UPDATE entry SET amount = amount + 1 WHERE id <= " + changes);
          assertThat(fixture.refresh("totals").mode()).isEqualTo("Differential");
        }
        List<String> refresh =
            proxy.answers().stream()
                .filter(answers -> answers.stream().anyMatch(TwoTripsTest::hasHistory))
                .findFirst()
                .orElseThrow();
        int last =
            refresh.indexOf(
                refresh.stream().filter(TwoTripsTest::hasHistory).findFirst().orElseThrow());
        assertThat(refresh.get(last))
            .as("frontier, rows and commit")
            .contains("UPDATE 1\0", "COMMIT\0");
        assertThat(refresh.get(last - 1))
            .as("locks and state")
            .contains("BEGIN\0", "LOCK TABLE\0", "SELECT 1\0");
        fixture.assertExact("totals", query);
      }
    }
  }

  /** The row of the history is inserted by the very statement that writes the rows. */
  private static boolean hasHistory(String answer) {
    return answer.contains("INSERT 0 1\0");
  }
}
