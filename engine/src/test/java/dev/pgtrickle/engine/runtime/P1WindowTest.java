package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.CaptureSettings;
import dev.pgtrickle.engine.capture.Deadline;
import dev.pgtrickle.engine.postgres.Prologue;
import dev.pgtrickle.engine.refresh.FrontierUpdate;
import dev.pgtrickle.engine.refresh.RefreshChooser;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
  @MethodSource(EngineFixture.VERSIONS)
  void a_transaction_that_began_earlier_and_commits_later_is_not_lost(PostgresVersion version)
      throws Exception {
    assertThat(differencesAfterALongWriter(version, new FrontierUpdate())).isZero();
  }

  @ParameterizedTest
  @MethodSource(EngineFixture.VERSIONS)
  void planted_a_watermark_loses_it(PostgresVersion version) throws Exception {
    assertThat(differencesAfterALongWriter(version, new Watermark())).isPositive();
  }

  private static long differencesAfterALongWriter(
      PostgresVersion version, FrontierUpdate frontierUpdate) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL, amount numeric(10,2))",
          "INSERT INTO entry VALUES (1, 1, 10), (2, 2, 20)");
      fixture.start(rules(frontierUpdate));
      fixture.engine().apply(fixture.manual("totals", QUERY));
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
