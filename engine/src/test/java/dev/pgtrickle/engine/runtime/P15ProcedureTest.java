package dev.pgtrickle.engine.runtime;

import static dev.pgtrickle.engine.runtime.SharesFixture.CALL;
import static dev.pgtrickle.engine.runtime.SharesFixture.SHARES;
import static dev.pgtrickle.engine.runtime.SharesFixture.withShares;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P15: the procedure asks, commits, and waits for what becomes of it. */
class P15ProcedureTest {
  private static final String CALL_FOR_A_SECOND =
      "CALL pgtrickle.refresh_stream_table_and_wait('public', 'shares', timeout => '1 second')";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_was_committed_before_the_call_is_in_the_table_after_it(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      SqlSession caller = fixture.session();
      for (int turn = 1; turn <= 5; turn++) {
        caller.execute("INSERT INTO entry VALUES (%d, 1, 2)".formatted(100 + turn), CALL);
        fixture.assertExact("shares", SHARES);
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void the_mode_and_the_token_are_passed_on(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.database.execute("DELETE FROM entry WHERE id = 1");
      String call =
          "CALL pgtrickle.refresh_stream_table_and_wait('public', 'shares', 'Full', 'nightly')";
      fixture.database.execute(call, call);
      assertThat(
              fixture.database.query(
                  "SELECT mode, token, state FROM pgtrickle.refresh_requests ORDER BY id"))
          .as("asked twice by the same token is asked once")
          .containsExactly(List.of("Full", "nightly", "Succeeded"));
      assertThat(
              fixture.database.queryText(
                  "SELECT mode FROM pgtrickle.refresh_history ORDER BY id DESC LIMIT 1"))
          .isEqualTo("Full");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_refresh_that_fails_is_an_error_with_its_code(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.database.execute("INSERT INTO entry VALUES (100, 1, 0)");
      SQLException failure = failureOf(fixture, CALL);
      assertThat(failure.getSQLState()).isEqualTo("PT101");
      assertThat(SqlErrors.message(failure))
          .startsWith("QueryFailed: ")
          .contains("division by zero");
      assertThat(SqlErrors.detail(failure)).contains("QueryFailed");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void when_nobody_serves_it_in_time_it_says_so_and_the_request_stays(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.engine().close();
      fixture.database.execute("INSERT INTO entry VALUES (100, 1, 4)");
      SQLException failure = failureOf(fixture, CALL_FOR_A_SECOND);
      assertThat(failure.getSQLState()).isEqualTo("PT102");
      assertThat(SqlErrors.message(failure)).contains("nobody has begun", "public.shares");
      fixture.start();
      EngineFixture.await(
          "the next worker serves it", () -> requests(fixture, "state = 'Succeeded'") == 1);
      fixture.assertExact("shares", SHARES);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void when_it_takes_longer_it_says_so_and_goes_on(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.database.execute("INSERT INTO entry VALUES (100, 1, 4)");
      SqlSession migration = fixture.session();
      migration.execute("BEGIN", "LOCK TABLE entry IN ACCESS EXCLUSIVE MODE");
      fixture.database.execute(
          "SELECT pgtrickle.refresh_stream_table('public', 'shares', token => 'nightly')");
      EngineFixture.await("it is begun", () -> requests(fixture, "state = 'Running'") == 1);
      SQLException failure =
          failureOf(
              fixture,
              """
              CALL pgtrickle.refresh_stream_table_and_wait(
                'public', 'shares', token => 'nightly', timeout => '100 ms')\
              """);
      assertThat(failure.getSQLState()).isEqualTo("PT103");
      migration.execute("COMMIT");
      EngineFixture.await("it ends", () -> requests(fixture, "state = 'Succeeded'") == 1);
      fixture.assertExact("shares", SHARES);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_table_that_is_removed_meanwhile_is_an_error_too(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.engine().close();
      CompletableFuture<SQLException> waiting =
          CompletableFuture.supplyAsync(() -> failureOf(fixture, CALL));
      EngineFixture.await("it is asked", () -> requests(fixture, "true") == 1);
      fixture.database.execute("DELETE FROM pgtrickle.stream_table");
      SQLException failure = waiting.get(30, TimeUnit.SECONDS);
      assertThat(failure.getSQLState()).isEqualTo("PT101");
      assertThat(SqlErrors.detail(failure)).contains("NotFound");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void within_a_transaction_it_is_refused_and_nothing_is_asked(PostgresVersion version)
      throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      SqlSession caller = fixture.session();
      caller.execute("BEGIN");
      SQLException refused = catchThrowableOfType(SQLException.class, () -> caller.execute(CALL));
      assertThat(refused.getSQLState()).isEqualTo("2D000");
      caller.execute("ROLLBACK");
      assertThat(requests(fixture, "true")).isZero();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void who_waits_holds_no_snapshot_of_before(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withShares(version)) {
      fixture.engine().close();
      SqlSession caller = fixture.session();
      long process = caller.queryLong("SELECT pg_backend_pid()");
      CompletableFuture<Optional<SQLException>> waiting =
          CompletableFuture.supplyAsync(() ->
              Optional.ofNullable(
                  catchThrowableOfType(SQLException.class, () -> caller.execute(CALL))));
      EngineFixture.await("it is asked", () -> requests(fixture, "true") == 1);
      for (int turn = 0; turn < 3; turn++) {
        long later = fixture.database.queryLong("SELECT pg_current_xact_id()::text::bigint");
        EngineFixture.await(
            "it waits with a younger one",
            () ->
                fixture.database.queryLong(
                        """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE pid = ? AND state = 'active'
                          AND backend_xmin::text::bigint > ?\
                        """,
                        process,
                        later)
                    == 1);
      }
      assertThat(waiting).isNotDone();
      fixture.start();
      assertThat(waiting.get(30, TimeUnit.SECONDS)).isEmpty();
    }
  }

  private static SQLException failureOf(EngineFixture fixture, String call) {
    return catchThrowableOfType(SQLException.class, () -> fixture.database.execute(call));
  }

  private static long requests(EngineFixture fixture, String condition) throws SQLException {
    return fixture.database.queryLong("SELECT count(*) FROM pgtrickle.request WHERE " + condition);
  }
}
