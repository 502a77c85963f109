package dev.pgtrickle.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P5: when we and an application wait for each other, it is always we who give up. */
class P5GiveWayTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  @Test
  void a_lock_is_waited_for_at_most_half_the_deadlock_timeout_and_never_above_500_ms() {
    assertThat(new LockTimeouts(Duration.ofSeconds(1)).bound()).hasMillis(500);
    assertThat(new LockTimeouts(Duration.ofMillis(200)).bound()).hasMillis(100);
    assertThat(new LockTimeouts(Duration.ofSeconds(60)).bound()).hasMillis(500);
    assertThat(new LockTimeouts(Duration.ofMillis(1)).bound()).hasMillis(1);
    assertThat(new LockTimeouts(Duration.ofSeconds(1)).effective(Duration.ofMillis(50)))
        .hasMillis(50);
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void an_application_in_a_circle_with_us_goes_on(PostgresVersion version) throws Exception {
    Encounter encounter = encounter(version, FencedFixture.STANDARD.bound());
    assertThat(encounter.application()).isEmpty();
    assertThat(encounter.ours()).contains(ErrorCode.LOCK_TIMEOUT);
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void planted_with_three_seconds_the_application_is_the_victim(PostgresVersion version)
      throws Exception {
    Encounter encounter = encounter(version, Duration.ofSeconds(3));
    assertThat(encounter.application()).contains("40P01");
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void a_polite_change_asks_again_until_its_budget_is_used_up(PostgresVersion version)
      throws Exception {
    try (FencedFixture fixture = new FencedFixture(version)) {
      fixture.database.execute("CREATE TABLE source (id int)");
      SqlSession reader = fixture.session();
      reader.execute("BEGIN", "LOCK TABLE source IN ACCESS SHARE MODE");
      CompletableFuture<Boolean> change =
          CompletableFuture.supplyAsync(() ->
              fixture
                  .transactions()
                  .politely(
                      Duration.ofSeconds(10),
                      connection -> {
                        try (var statement = connection.createStatement()) {
                          statement.execute("ALTER TABLE public.source ADD COLUMN note text");
                        }
                        return Boolean.TRUE;
                      }));
      Thread.sleep(400);
      // While we ask, somebody else still gets in: our request never stands in the queue for long.
      long before = System.nanoTime();
      fixture.session().execute("SELECT * FROM source");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
      assertThat(change).isNotDone();
      reader.execute("COMMIT");
      assertThat(change.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private record Encounter(Optional<String> application, Optional<ErrorCode> ours) {}

  /**
   * The application holds a and wants b; we hold b and want a. The application began to wait first,
   * so its deadlock check comes first.
   */
  private static Encounter encounter(PostgresVersion version, Duration ourLockTimeout)
      throws Exception {
    try (FencedFixture fixture = new FencedFixture(version)) {
      fixture.database.execute("CREATE TABLE a (id int)", "CREATE TABLE b (id int)");
      SqlSession application = fixture.session();
      application.execute("BEGIN", "LOCK TABLE a IN ACCESS EXCLUSIVE MODE");
      LockPlan held =
          new LockPlan(
              ourLockTimeout, List.of(), List.of(QualifiedName.of("public", "b")), List.of());
      CompletableFuture<Optional<String>> applicationsEnd = new CompletableFuture<>();
      Optional<ErrorCode> ours = Optional.empty();
      try {
        fixture
            .transactions()
            .inSnapshot(
                held,
                FencedFixture.number("SELECT 1"),
                (state, snapshot) -> {
                  Thread.ofVirtual().start(() -> applicationsEnd.complete(wantsB(application)));
                  pause();
                  snapshot.execute(List.of("LOCK TABLE public.a IN ACCESS SHARE MODE"));
                  return state;
                });
      } catch (TrickleException failure) {
        ours = Optional.of(failure.code());
      }
      return new Encounter(applicationsEnd.get(10, TimeUnit.SECONDS), ours);
    }
  }

  private static Optional<String> wantsB(SqlSession application) {
    try {
      application.execute("LOCK TABLE b IN ACCESS EXCLUSIVE MODE", "COMMIT");
      return Optional.empty();
    } catch (SQLException failure) {
      rollback(application);
      return Optional.of(failure.getSQLState());
    }
  }

  private static void rollback(SqlSession application) {
    try {
      application.execute("ROLLBACK");
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(200);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
