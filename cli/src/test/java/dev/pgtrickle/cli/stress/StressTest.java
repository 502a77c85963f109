package dev.pgtrickle.cli.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.cli.stress.bank.WatchedTable.Maintenance;
import dev.pgtrickle.cli.stress.bank.WatchedTables;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Twenty writers of every kind, the product killed again and again, its backends terminated, the
 * server crashed: the tables are exact at the end and no reader ever saw anything else.
 */
class StressTest {
  private static final Duration BOUNDED = Duration.ofSeconds(12);
  private static final Duration LONG = Duration.ofMinutes(6);

  private static final long REFRESHES_A_SECOND = 3;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void nothingIsLostAndReadersSeeNoError(PostgresVersion version) throws Exception {
    check(perform(StressPlan.bounded(version, BOUNDED, System.nanoTime())));
  }

  /** Thirty minutes in all; versions that passed are not run again until {@code clean}. */
  @Tag("long")
  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void nothingIsLostInThirtyMinutes(PostgresVersion version) throws Exception {
    StressReport report = new StressReport(version);
    if (!report.hasPassed()) {
      StressResult result = perform(StressPlan.unbounded(version, LONG, System.nanoTime()));
      report.write(result);
      check(result);
      report.passed();
    }
  }

  private StressResult perform(StressPlan plan) throws Exception {
    return StressRun.onServerOfItsOwn(plan, directory);
  }

  private static void check(StressResult result) {
    assertThat(result.end().unrefreshed()).isEmpty();
    assertThat(result.end().differences().values()).as(result.describe()).containsOnly(0L);
    assertThat(result.readers().findings()).isEmpty();
    assertThat(result.writers().surprises()).isEmpty();
    assertThat(result.process().unexpectedEnds()).isEmpty();
    assertThat(result.readers().reads()).isGreaterThan(100);
    assertThat(result.process().kills()).isGreaterThanOrEqualTo(2);
    assertThat(result.backends().terminated()).isPositive();
    assertThat(result.outages().count()).isEqualTo(1);
    // A product that never gets to work is not tested.
    assertThat(result.refreshes().succeeded())
        .isGreaterThan(REFRESHES_A_SECOND * result.plan().load().toSeconds());
    for (WatchedTable table : WatchedTables.ALL) {
      if (table.maintenance() == Maintenance.DIFFERENTIAL) {
        assertThat(result.refreshes().differential(table.name())).as(table.name()).isPositive();
      }
    }
  }
}
