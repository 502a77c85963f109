package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A role may bear a name that has to be quoted in SQL: nothing of ours may take it for SQL. */
class RoleNameTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_restarted_engine_goes_on_whatever_its_role_is_called(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int, branch int NOT NULL)",
          "INSERT INTO entry SELECT g, g % 3 FROM generate_series(1, 30) AS g");
      String plain = fixture.database.user();
      for (String called : new String[] {"App of " + plain, "my." + plain, "o\"neill'" + plain}) {
        rename(fixture, plain, called);
        try {
          takenUpTwice(fixture, called);
        } finally {
          rename(fixture, called, plain);
        }
        fixture.assertExact("totals", QUERY);
      }
    }
  }

  private static void takenUpTwice(EngineFixture fixture, String role) throws Exception {
    StreamTableDefinition wanted = fixture.manual("totals", QUERY);
    try (StreamTableEngine first = open(fixture, role)) {
      first.apply(wanted);
      first.await(wanted.relation(), PATIENCE);
    }
    fixture.database.executeAsSuperuser("INSERT INTO entry VALUES (31, 7)");
    fixture.events.clear();
    try (StreamTableEngine second = open(fixture, role)) {
      second.await(wanted.relation(), PATIENCE);
      RefreshReport report = second.refresh(wanted.relation(), Optional.empty(), PATIENCE);
      assertThat(report.rowsInserted() + report.rowsUpdated()).as("refreshed").isPositive();
      second.watch();
      EngineFixture.await(
          "it was taken up",
          () -> fixture.events.stream().anyMatch(EngineEvent.Established.class::isInstance));
      assertThat(fixture.events)
          .noneMatch(event ->
              event instanceof EngineEvent.Failed
                  || event instanceof EngineEvent.Stalled
                  || event instanceof EngineEvent.Drifted
                  || event instanceof EngineEvent.DriftRepaired
                  || event instanceof EngineEvent.Unreachable);
    }
  }

  private static StreamTableEngine open(EngineFixture fixture, String role) {
    return StreamTableEngines.open(
        new ConnectionTarget(fixture.database.jdbcUrl(role), role, ""),
        new EngineOptions("test", "test", 2, Duration.ofMillis(100), Duration.ofMillis(200)),
        fixture.events::add,
        EngineRules.standard());
  }

  private static void rename(EngineFixture fixture, String from, String to) throws SQLException {
    fixture.database.executeAsSuperuser(
        "ALTER ROLE %s RENAME TO %s"
            .formatted(Identifier.of(from).quoted(), Identifier.of(to).quoted()));
  }
}
