package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** One table that cannot go on delays neither those who ask nor any other table. */
class NobodyWaitsTest {
  private static final String BLOCKED =
      "SELECT branch, count(*) AS n FROM public.blocked GROUP BY branch";
  private static final String FREE =
      "SELECT branch, count(*) AS n FROM public.free GROUP BY branch";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_locked_source_delays_only_its_own_table(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTables(version);
        Connection connection = fixture.database.connect()) {
      SqlSession application = new SqlSession(connection);
      fixture.start();
      application.execute("BEGIN", "INSERT INTO blocked VALUES (1, 1)");
      long begun = System.nanoTime();
      assertThat(fixture.engine().apply(fixture.manual("waits", BLOCKED)))
          .isEqualTo(new ApplyOutcome.Created());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      fixture.bring(onChange(fixture));
      fixture.database.execute("DELETE FROM free WHERE id < 10");
      EngineFixture.await(
          "the free table is kept", () -> fixture.differences("goes_on", FREE) == 0);
      assertThat(phase(fixture, "waits")).isEqualTo(StreamTableReport.Phase.CREATING);
      application.execute("COMMIT");
      fixture.engine().await(fixture.relation("waits"), Duration.ofSeconds(30));
      fixture.assertExact("waits", BLOCKED);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_start_takes_up_each_table_on_its_own(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTables(version);
        Connection connection = fixture.database.connect()) {
      fixture.start();
      fixture.bring(fixture.manual("waits", BLOCKED));
      fixture.bring(onChange(fixture));
      fixture.engine().close();
      SqlSession application = new SqlSession(connection);
      application.execute("BEGIN", "LOCK TABLE blocked IN ACCESS EXCLUSIVE MODE");
      long begun = System.nanoTime();
      fixture.start();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      fixture.database.execute("DELETE FROM free WHERE id < 10");
      EngineFixture.await(
          "the free table is kept", () -> fixture.differences("goes_on", FREE) == 0);
      application.execute("COMMIT");
      assertThat(fixture.refresh("waits").mode()).isNotEmpty();
      fixture.assertExact("waits", BLOCKED);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_request_of_a_table_that_stands_still_is_answered_and_tried(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withTables(version)) {
      fixture.start();
      fixture.bring(fixture.manual("waits", BLOCKED));
      fixture.engine().close();
      fixture.database.execute("ALTER TABLE blocked RENAME TO gone");
      fixture.start();
      EngineFixture.await(
          "it stands still", () -> phase(fixture, "waits") == StreamTableReport.Phase.STALLED);
      fixture.engine().request(fixture.relation("waits"), Optional.empty(), "first");
      EngineFixture.await(
          "the request is refused", () -> requestState(fixture, "first").equals("Failed"));
      fixture.database.execute("ALTER TABLE gone RENAME TO blocked");
      fixture.engine().request(fixture.relation("waits"), Optional.empty(), "second");
      fixture.engine().request(fixture.relation("waits"), Optional.empty(), "second");
      EngineFixture.await(
          "the next one succeeds", () -> requestState(fixture, "second").equals("Succeeded"));
      assertThat(fixture.database.queryLong("SELECT count(*) FROM pgtrickle.request"))
          .as("asked twice by the same token is asked once")
          .isEqualTo(2);
      fixture.assertExact("waits", BLOCKED);
    }
  }

  private static String requestState(EngineFixture fixture, String token) {
    return fixture.engine().report().stream()
        .flatMap(report -> report.life().request().stream())
        .filter(request -> request.token().equals(token))
        .map(StreamTableReport.Request::state)
        .findFirst()
        .orElse("");
  }

  private static StreamTableReport.Phase phase(EngineFixture fixture, String name) {
    return fixture.engine().report().stream()
        .filter(report -> report.relation().equals(fixture.relation(name)))
        .findFirst()
        .orElseThrow()
        .phase();
  }

  private static dev.pgtrickle.engine.definition.StreamTableDefinition onChange(
      EngineFixture fixture) {
    return fixture.definition("goes_on", FREE, new Schedule.OnChange(), RefreshMode.AUTO);
  }

  private static EngineFixture withTables(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE blocked (id int, branch int NOT NULL)",
        "CREATE TABLE free (id int, branch int NOT NULL)",
        "INSERT INTO free SELECT g, g % 3 FROM generate_series(1, 30) AS g");
    return fixture;
  }
}
