package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.CaptureSettings;
import dev.pgtrickle.engine.capture.Deadline;
import dev.pgtrickle.engine.postgres.Fence;
import dev.pgtrickle.engine.postgres.LockPlan;
import dev.pgtrickle.engine.postgres.Prologue;
import dev.pgtrickle.engine.refresh.FrontierUpdate;
import dev.pgtrickle.engine.refresh.RefreshChooser;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P15: a function of ours only asks, and what it asks for does not happen in its transaction. */
class P15CallersTest {
  private static final String TOTALS =
      "SELECT branch, count(*) AS n, sum(amount) AS total FROM public.entry GROUP BY branch";
  private static final String ASK = "SELECT pgtrickle.refresh_stream_table('public', 'totals')";
  private static final String OWN_ROW = "INSERT INTO public.entry VALUES (1000, 1, 5.00)";

  /** Refreshes where the caller's own rows are not committed yet. */
  private static final class InTheCallersTransaction extends Prologue {
    private final AtomicReference<List<String>> callersStatements;

    InTheCallersTransaction(String... callersStatements) {
      this.callersStatements = new AtomicReference<>(List.of(callersStatements));
    }

    @Override
    public List<String> statements(LockPlan locks, Fence fence) {
      List<String> statements = new ArrayList<>(super.statements(locks, fence));
      statements.addAll(1, callersStatements.getAndSet(List.of()));
      return statements;
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void nothing_happens_before_the_caller_commits(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTotals(version)) {
      SqlSession caller = fixture.session();
      caller.execute("BEGIN", OWN_ROW);
      long request = caller.queryLong(ASK);
      assertThat(caller.queryText("SELECT state FROM pgtrickle.request WHERE id = ?", request))
          .isEqualTo("Accepted");
      // Asked later and answered: the worker would have come by, were there anything to see.
      fixture.refresh("totals");
      assertThat(caller.queryText("SELECT state FROM pgtrickle.request WHERE id = ?", request))
          .isEqualTo("Accepted");
      assertThat(caller.queryLong("SELECT n FROM totals WHERE branch = 1"))
          .as("its own row is not in the table that it reads")
          .isEqualTo(10);
      caller.execute("COMMIT");
      awaitSuccess(fixture, request);
      fixture.assertExact("totals", TOTALS);
      assertThat(caller.queryLong("SELECT n FROM totals WHERE branch = 1")).isEqualTo(11);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void who_rolls_back_has_asked_for_nothing(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTotals(version)) {
      SqlSession caller = fixture.session();
      caller.execute("BEGIN", OWN_ROW, ASK, "ROLLBACK");
      assertThat(fixture.database.queryLong("SELECT count(*) FROM pgtrickle.request")).isZero();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void the_rows_of_who_asks_are_counted_once(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTotals(version)) {
      SqlSession caller = fixture.session();
      caller.execute("BEGIN", OWN_ROW);
      long request = caller.queryLong(ASK);
      caller.execute("COMMIT");
      awaitSuccess(fixture, request);
      fixture.refresh("totals");
      fixture.assertExact("totals", TOTALS);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void planted_a_refresh_in_the_callers_transaction_counts_them_twice(PostgresVersion version)
      throws Exception {
    InTheCallersTransaction planted = new InTheCallersTransaction(OWN_ROW);
    try (EngineFixture fixture = withTotals(version)) {
      fixture.engine().close();
      fixture.start(
          new EngineRules(
              planted,
              new RefreshChooser(),
              new FrontierUpdate(),
              new WindowPredicate(),
              CaptureRules.standard(),
              CaptureSettings.standard(),
              Deadline.LENGTH));
      fixture.refresh("totals");
      fixture.assertExact("totals", TOTALS);
      fixture.refresh("totals");
      assertThat(fixture.database.queryLong("SELECT n FROM totals WHERE branch = 1"))
          .as("no frontier can say that the transaction that writes it has been read")
          .isEqualTo(12);
      assertThat(fixture.differences("totals", TOTALS)).isPositive();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void what_cannot_be_asked_is_refused_at_once(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withTotals(version)) {
      assertRefused(
          fixture, "SELECT pgtrickle.refresh_stream_table('public', 'absent')", "42P01", "absent");
      assertRefused(
          fixture,
          "SELECT pgtrickle.refresh_stream_table('public', 'totals', 'Quick')",
          "22023",
          "'Quick'");
    }
  }

  private static void assertRefused(EngineFixture fixture, String sql, String state, String word) {
    assertThatThrownBy(() -> fixture.database.execute(sql))
        .isInstanceOfSatisfying(
            SQLException.class,
            refused -> {
              assertThat(refused.getSQLState()).isEqualTo(state);
              assertThat(refused.getMessage()).contains(word);
            });
  }

  private static void awaitSuccess(EngineFixture fixture, long request) throws Exception {
    EngineFixture.await(
        "the request succeeds",
        () ->
            fixture.database.queryLong(
                    "SELECT count(*) FROM pgtrickle.request WHERE id = ? AND state = 'Succeeded'",
                    request)
                == 1);
  }

  private static EngineFixture withTotals(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL, amount numeric(10,2))",
        "INSERT INTO entry SELECT g, g % 3, g FROM generate_series(1, 30) AS g");
    fixture.start();
    fixture.bring(fixture.manual("totals", TOTALS));
    return fixture;
  }
}
