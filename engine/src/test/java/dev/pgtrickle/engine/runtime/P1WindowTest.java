package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.CaptureSettings;
import dev.pgtrickle.engine.capture.Deadline;
import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.postgres.LockPlan;
import dev.pgtrickle.engine.postgres.Prologue;
import dev.pgtrickle.engine.refresh.FrontierUpdate;
import dev.pgtrickle.engine.refresh.RefreshChooser;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P1: a frontier is a snapshot. */
class P1WindowTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n, sum(amount) AS total FROM public.entry GROUP BY branch";

  /** An LSN-style frontier: everything that began before now counts as read. */
  private static final class Watermark extends FrontierUpdate {
    @Override
    protected String newFrontier() {
      return """
      (pg_snapshot_xmax(pg_current_snapshot())::text || ':'
       || pg_snapshot_xmax(pg_current_snapshot())::text || ':')::pg_snapshot\
      """;
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_transaction_that_began_earlier_and_commits_later_is_not_lost(PostgresVersion version)
      throws Exception {
    assertThat(differencesAfterALongWriter(version, new FrontierUpdate())).isZero();
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void planted_a_watermark_loses_it(PostgresVersion version) throws Exception {
    assertThat(differencesAfterALongWriter(version, new Watermark())).isPositive();
  }

  /** Neither guard nor frontier: two refreshers may both apply the same window. */
  private static final class NoGuard extends Prologue {
    @Override
    protected List<String> tableLocks(LockPlan locks) {
      return super.tableLocks(
          new LockPlan(locks.timeout(), List.of(), locks.reads(), locks.settings()));
    }
  }

  /** Forgets to write the frontier in the transaction of the rows. */
  private static final class NoFrontier extends FrontierUpdate {
    @Override
    public BoundStatement statement(
        long versionId, List<SourceState> sources, Collection<Long> streamTables) {
      return BoundStatement.of("SET LOCAL application_name = 'no frontier'");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void either_the_guard_or_the_frontier_keeps_two_refreshers_from_applying_one_window_twice(
      PostgresVersion version) throws Exception {
    assertThat(differencesAfterTwoRefreshes(version, new NoGuard(), new FrontierUpdate())).isZero();
    assertThat(differencesAfterTwoRefreshes(version, new Prologue(), new FrontierUpdate()))
        .isZero();
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void planted_with_neither_of_them_rows_are_doubled(PostgresVersion version) throws Exception {
    assertThat(differencesAfterTwoRefreshes(version, new NoGuard(), new NoFrontier())).isPositive();
  }

  /** A keyless result, so that no unique index comes to the rescue. */
  private static long differencesAfterTwoRefreshes(
      PostgresVersion version, Prologue prologue, FrontierUpdate frontierUpdate) throws Exception {
    String query = "SELECT branch, amount FROM public.entry";
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int, branch int NOT NULL, amount numeric(10,2))");
      fixture.start();
      fixture.bring(fixture.manual("copy", query));
      fixture.engine().close();
      fixture.start(
          new EngineRules(
              prologue,
              new RefreshChooser(),
              frontierUpdate,
              new WindowPredicate(),
              CaptureRules.standard(),
              CaptureSettings.standard(),
              Deadline.LENGTH));
      fixture.database.execute("INSERT INTO entry VALUES (1, 1, 10)");
      fixture.refresh("copy");
      fixture.refresh("copy");
      return fixture.differences("copy", query);
    }
  }

  private static long differencesAfterALongWriter(
      PostgresVersion version, FrontierUpdate frontierUpdate) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL, amount numeric(10,2))",
          "INSERT INTO entry VALUES (1, 1, 10), (2, 2, 20)");
      fixture.start(rules(frontierUpdate));
      fixture.bring(fixture.manual("totals", QUERY));
      SqlSession slow = fixture.session();
      slow.execute("BEGIN", "INSERT INTO entry VALUES (3, 1, 100)");
      fixture.database.execute("INSERT INTO entry VALUES (4, 2, 200)");
      fixture.refresh("totals");
      slow.execute("COMMIT");
      fixture.refresh("totals");
      return fixture.differences("totals", QUERY);
    }
  }

  private static EngineRules rules(FrontierUpdate frontierUpdate) {
    return new EngineRules(
        new Prologue(),
        new RefreshChooser(),
        frontierUpdate,
        new WindowPredicate(),
        CaptureRules.standard(),
        CaptureSettings.standard(),
        Deadline.LENGTH);
  }
}
