package dev.pgtrickle.cli.stress.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.stress.bank.ManifestDirectory;
import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.cli.stress.comparison.HistoryMonitor;
import dev.pgtrickle.cli.stress.comparison.ImageComparison;
import dev.pgtrickle.cli.stress.comparison.LastRefresh;
import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import dev.pgtrickle.cli.stress.process.Application;
import dev.pgtrickle.cli.stress.process.Outages;
import dev.pgtrickle.cli.stress.process.TrickleCommandLine;
import dev.pgtrickle.cli.stress.process.TrickleProcess;
import dev.pgtrickle.cli.stress.reader.Population;
import dev.pgtrickle.cli.stress.writer.AutocommitWriter;
import dev.pgtrickle.cli.stress.writer.BulkWriter;
import dev.pgtrickle.cli.stress.writer.KeyWriter;
import dev.pgtrickle.cli.stress.writer.SavepointWriter;
import dev.pgtrickle.cli.stress.writer.StockWriter;
import dev.pgtrickle.cli.stress.writer.Writer;
import dev.pgtrickle.cli.stress.writer.WriterLoop;
import dev.pgtrickle.cli.stress.writer.WriterStatistics;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application migrates its tables over and over while the product refreshes from them and
 * installs its triggers on them: we give way, always (P5).
 */
@Tag("alone")
class MigrationTest {
  private static final Duration BEFORE_NEXT_INSTALLATION = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  /** A waiting backend needs the processor once more to see that its time is over. */
  private static final Duration SCHEDULING = Duration.ofMillis(250);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  private final Crew crew = new Crew();
  private Duration longestRefresh = Duration.ZERO;
  private final WriterStatistics statistics = new WriterStatistics();

  @Test
  void migrationsNeverWaitForUsBeyondARefreshAndAreNeverADeadlocksVictim() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      Application application = new Application(database, new Outages());
      MigrationLoop migrations =
          new MigrationLoop(application, MigratedTables.SOURCES, new Random());
      LockSampler sampler = new LockSampler(application);
      HistoryMonitor history = new HistoryMonitor(application);
      try {
        perform(application, migrations, sampler, history);
      } finally {
        crew.signal().give();
        System.err.println(describe(migrations, sampler.findings(), history));
      }
      check(migrations, sampler.findings());
    }
  }

  private void perform(
      Application application,
      MigrationLoop migrations,
      LockSampler sampler,
      HistoryMonitor history)
      throws Exception {
    try (Connection connection = application.connect()) {
      MigratedTables.install(connection);
      List<WatchedTable> tables = new ArrayList<>(MigratedTables.FIRST);
      TrickleProcess process = start(application, tables);
      new Population(application, tables).await(crew::check, PATIENCE);
      crew.start("locks", sampler);
      crew.start("migrations", migrations);
      crew.start("history", history);
      startWriters(application);
      crew.start("ledger", stop -> fillLedger(application, stop));
      try {
        for (WatchedTable next : MigratedTables.LATER) {
          crew.signal().pause(BEFORE_NEXT_INSTALLATION);
          process.kill9();
          tables.add(next);
          process = start(application, tables);
        }
        new Population(application, tables).await(crew::check, PATIENCE);
        crew.signal().pause(BEFORE_NEXT_INSTALLATION);
        crew.finish();
        assertThat(new LastRefresh(tables, PATIENCE).perform(connection)).isEmpty();
        longestRefresh = LongestRefresh.read(connection);
        assertThat(new ImageComparison(tables).differences(connection).values()).containsOnly(0L);
      } finally {
        process.close();
      }
    }
  }

  private TrickleProcess start(Application application, List<WatchedTable> tables)
      throws Exception {
    ManifestDirectory manifests =
        new ManifestDirectory(directory.resolve("manifests"), application.database().name());
    manifests.write(tables);
    return TrickleProcess.start(
        new TrickleCommandLine(TrickleCommandLine.PRODUCT, manifests.path(), application.url()),
        directory.resolve("trickle.log"));
  }

  private void startWriters(Application application) {
    List<Writer> writers =
        List.of(
            new AutocommitWriter(),
            new AutocommitWriter(),
            new SavepointWriter(),
            new SavepointWriter(),
            new BulkWriter(),
            new KeyWriter(),
            new StockWriter());
    for (int number = 1; number <= writers.size(); number++) {
      crew.start(
          "writer " + number,
          new WriterLoop(writers.get(number - 1), number, application, statistics, new Random()));
    }
  }

  /** So that the full table is refreshed, which takes a while. */
  private static void fillLedger(Application application, StopSignal stop) throws Exception {
    try (Connection connection = application.connect()) {
      while (!stop.pause(Duration.ofMillis(100))) {
        new SqlSession(connection)
            .execute("INSERT INTO public.ledger (kind, place, amount) VALUES (1, 2, 3)");
      }
    }
  }

  private String describe(MigrationLoop migrations, LockFindings locks, HistoryMonitor history) {
    return """
    migrations beside the product
      migrations %d, failed %s, longest ALTER TABLE %d ms
      waits of ours %d, longest %s
      waits of others behind us %d, longest %s
      longest wait for a table in ACCESS EXCLUSIVE mode behind a refresh %s, longest refresh %d ms
      looks %d, longest time between two %d ms
      refreshes %d: %s
      writer transactions %d, refused %s, surprises %s, longest statement %d ms
    """
        .formatted(
            migrations.committed(),
            migrations.failures(),
            migrations.longest().toMillis(),
            locks.waitsOfOurs(),
            locks.ours(),
            locks.waitsBehindUs(),
            locks.others(),
            locks.behindRefreshes(),
            longestRefresh.toMillis(),
            locks.samples(),
            locks.longestGap().toMillis(),
            history.counts().succeeded(),
            history.counts().describe(),
            statistics.transactions(),
            statistics.refusals(),
            statistics.surprises(),
            statistics.longest().toMillis());
  }

  private void check(MigrationLoop migrations, LockFindings locks) {
    assertThat(migrations.failures()).isEmpty();
    assertThat(migrations.committed()).isGreaterThan(10);
    assertThat(statistics.surprises()).isEmpty();
    assertThat(locks.samples()).isGreaterThan(200);
    assertThat(locks.ours().duration()).isLessThanOrEqualTo(LOCK_TIMEOUT.plus(SCHEDULING));
    assertThat(locks.waitsOfOurs()).isPositive();
    assertThat(locks.others().duration()).isLessThan(Duration.ofSeconds(1));
    assertThat(locks.behindRefreshes().duration())
        .isLessThanOrEqualTo(longestRefresh.plus(SCHEDULING));
  }
}
