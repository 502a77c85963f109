package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.verify.VerificationResult.Verdict;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A row for which an expression fails may come and go between two refreshes. */
class UncomputableChangesTest {
  private static final String QUERY = "SELECT id, 100 / amount AS share FROM sale";
  private static final String[] SCHEMA = {
    "CREATE TABLE sale (id int PRIMARY KEY, amount int)",
    "INSERT INTO sale SELECT n, n FROM generate_series(1, 20) AS n"
  };

  private static void comeAndGo(EngineFixture fixture) throws Exception {
    fixture.database.execute(
        "INSERT INTO sale VALUES (50, 0), (51, 2)", "DELETE FROM sale WHERE id = 50");
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void theRowsThatAreThereAreComputed(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      assertThat(fixture.bring(fixture.manual("shares", QUERY)).mode()).isEqualTo("Differential");
      comeAndGo(fixture);
      RefreshReport report = fixture.refresh("shares");
      assertThat(report.mode()).isEqualTo("Full");
      assertThat(report.reason()).contains("came and went");
      fixture.assertExact("shares", QUERY);
      fixture.database.execute("DELETE FROM sale WHERE id = 1");
      assertThat(fixture.refresh("shares").mode()).as("only once").isEqualTo("Differential");
      fixture.assertExact("shares", QUERY);
    }
  }

  /** Its changes still lie in the buffer when many others are staged from it. */
  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void oneThatWasReadIsNotTriedAgain(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(SCHEMA);
      // So cheap that PostgreSQL would ask it before it asks whether a change is new.
      fixture.database.execute(
          """
          CREATE FUNCTION passes(amount int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE COST 0.0001
          AS $$ BEGIN RETURN 100 / amount < 90; END $$
          """);
      String query = "SELECT id, amount FROM sale WHERE public.passes(amount)";
      fixture.start();
      fixture.bring(fixture.manual("passing", query));
      comeAndGo(fixture);
      assertThat(fixture.refresh("passing").mode()).isEqualTo("Full");
      fixture.database.execute("INSERT INTO sale SELECT n, n FROM generate_series(101, 2200) AS n");
      assertThat(fixture.refresh("passing").mode()).isEqualTo("Differential");
      fixture.assertExact("passing", query);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void aComparisonMakesTheRefreshFirst(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      fixture.bring(fixture.manual("shares", QUERY));
      comeAndGo(fixture);
      assertThat(fixture.engine().verify(fixture.relation("shares")).verdict())
          .isEqualTo(Verdict.EXACT);
      fixture.assertExact("shares", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void whoInsistsOnChangesIsToldWhy(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      fixture.bring(insisting(fixture.manual("shares", QUERY)));
      comeAndGo(fixture);
      assertThatThrownBy(() -> fixture.refresh("shares"))
          .isInstanceOfSatisfying(
              TrickleException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_FAILED))
          .hasMessageContaining("division by zero");
      assertThat(
              fixture
                  .engine()
                  .refresh(
                      fixture.relation("shares"),
                      Optional.of(RefreshMode.FULL),
                      EngineFixture.PATIENCE)
                  .mode())
          .isEqualTo("Full");
      fixture.assertExact("shares", QUERY);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void aQueryThatFailsOverTheRowsStillDoes(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(SCHEMA);
      fixture.start();
      fixture.bring(fixture.manual("shares", QUERY));
      fixture.database.execute("INSERT INTO sale VALUES (50, 0)");
      assertThatThrownBy(() -> fixture.refresh("shares"))
          .isInstanceOfSatisfying(
              TrickleException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_FAILED));
      fixture.database.execute("DELETE FROM sale WHERE id = 50");
      fixture.refresh("shares");
      fixture.assertExact("shares", QUERY);
    }
  }

  private static StreamTableDefinition insisting(StreamTableDefinition other) {
    return new StreamTableDefinition(
        other.relation(),
        other.query(),
        RefreshMode.DIFFERENTIAL,
        Fallback.NEVER,
        other.schedule(),
        other.wake(),
        other.owner(),
        other.primaryKey(),
        other.indexes(),
        other.grants(),
        other.limits(),
        other.activity(),
        other.origin());
  }
}
