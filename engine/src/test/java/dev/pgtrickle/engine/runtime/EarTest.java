package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.capture.WakeChannel;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.postgres.NewSessionListener;
import dev.pgtrickle.engine.postgres.PinnedDataSource;
import dev.pgtrickle.engine.postgres.PinnedSession;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What others do to the channel and the lock by which writers wake the worker. */
class EarTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
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

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void whoever_holds_the_lock_of_the_sleeper_the_worker_neither_spins_nor_sleeps_through(
      PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version)) {
      for (String word : List.of("pg_advisory_lock", "pg_advisory_lock_shared")) {
        try (Connection connection = fixture.database.connect()) {
          hold(new SqlSession(connection), word);
          fixture.database.execute("INSERT INTO entry VALUES (0, 1)");
          awaitExact(fixture);
          assertThat(statementsIn(fixture, Duration.ofSeconds(3)))
              .as("statements of an idle worker")
              .isLessThan(1_500);
          fixture.database.execute("INSERT INTO entry VALUES (0, 2)");
          awaitExact(fixture);
        }
      }
      EngineFixture.await("the worker sleeps again", () -> isHeld(fixture));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_session_whose_client_is_out_of_reach_ends_within_half_a_minute(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = new EngineFixture(version);
        Connection connection =
            new PinnedDataSource(
                    fixture.target(),
                    new PinnedSession(Duration.ofMinutes(10)),
                    NewSessionListener.none())
                .getConnection()) {
      SqlSession session = new SqlSession(connection);
      // The server reads these back from the socket.
      assertThat(session.queryText("SHOW tcp_keepalives_idle")).isEqualTo("10");
      assertThat(session.queryText("SHOW tcp_keepalives_interval")).isEqualTo("5");
      assertThat(session.queryText("SHOW tcp_keepalives_count")).isEqualTo("3");
      assertThat(session.queryText("SHOW tcp_user_timeout")).isEqualTo("25000");
    }
  }

  /** The worker lets go of it only for moments. */
  private static void hold(SqlSession session, String word) throws SQLException {
    session.execute("SET lock_timeout = '20s'");
    session.execute(
        "SELECT %s(%d, %d)".formatted(word, WakeChannel.FIRST_KEY, WakeChannel.SECOND_KEY));
  }

  private static boolean isHeld(EngineFixture fixture) throws SQLException {
    return fixture.database.queryLong(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'"
                + " AND classid = %d AND database = (SELECT oid FROM pg_database WHERE datname ="
                    .formatted(WakeChannel.FIRST_KEY)
                + " current_database())")
        == 1;
  }

  /** Each statement of the worker's ear and probe is a transaction; statistics come late. */
  private static long statementsIn(EngineFixture fixture, Duration time) throws Exception {
    String committed =
        "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()";
    long before = fixture.database.queryLong(committed);
    Thread.sleep(time.toMillis());
    return fixture.database.queryLong(committed) - before;
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
