package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.capture.WakeChannel;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others do to the channel and the lock by which writers wake the worker. */
class EarTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";

  @ParameterizedTest
  @MethodSource(EngineFixture.VERSIONS)
  void whatever_is_said_on_the_channel_the_worker_goes_on(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = populated(version)) {
      for (String payload : List.of("99999999999999999999", "٣٣", "-1", "all of it", "")) {
        fixture.database.execute(
            "NOTIFY %s, '%s'".formatted(WakeChannel.NAME, payload),
            "INSERT INTO entry VALUES (0, 1)");
        awaitExact(fixture);
      }
      assertThat(List.copyOf(fixture.events)).noneMatch(EngineEvent.Unreachable.class::isInstance);
    }
  }

  private static void awaitExact(EngineFixture fixture) throws Exception {
    EngineFixture.await("the table is kept", () -> fixture.differences("totals", QUERY) == 0);
  }

  private static EngineFixture populated(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int, branch int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 3 FROM generate_series(1, 30) AS g");
    fixture.start();
    fixture.bring(fixture.definition("totals", QUERY, new Schedule.OnChange(), RefreshMode.AUTO));
    return fixture;
  }
}
