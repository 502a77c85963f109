package dev.pgtrickle.cli.stress;

import dev.pgtrickle.cli.stress.bank.Bank;
import dev.pgtrickle.cli.stress.bank.ManifestDirectory;
import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.cli.stress.bank.WatchedTable.Maintenance;
import dev.pgtrickle.cli.stress.bank.WatchedTables;
import dev.pgtrickle.cli.stress.comparison.HistoryMonitor;
import dev.pgtrickle.cli.stress.comparison.ImageComparison;
import dev.pgtrickle.cli.stress.comparison.LastRefresh;
import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import dev.pgtrickle.cli.stress.process.Application;
import dev.pgtrickle.cli.stress.process.BackendTerminator;
import dev.pgtrickle.cli.stress.process.Outages;
import dev.pgtrickle.cli.stress.process.ProcessKeeper;
import dev.pgtrickle.cli.stress.process.ServerCrash;
import dev.pgtrickle.cli.stress.process.TrickleCommandLine;
import dev.pgtrickle.cli.stress.reader.EarlySnapshotReader;
import dev.pgtrickle.cli.stress.reader.Population;
import dev.pgtrickle.cli.stress.reader.ReaderFindings;
import dev.pgtrickle.cli.stress.reader.SteadyReader;
import dev.pgtrickle.cli.stress.reader.TotalsReader;
import dev.pgtrickle.cli.stress.writer.Roster;
import dev.pgtrickle.cli.stress.writer.Writer;
import dev.pgtrickle.cli.stress.writer.WriterLoop;
import dev.pgtrickle.cli.stress.writer.WriterStatistics;
import dev.pgtrickle.testbed.postgres.EmbeddedPostgres;
import dev.pgtrickle.testbed.postgres.ServerVariant;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** One stress on one database, from the first table to the last comparison. */
final class StressRun {
  private static final List<WatchedTable> TABLES = WatchedTables.ALL;
  private static final Duration POPULATION_PATIENCE = Duration.ofSeconds(90);
  private static final Duration REFRESH_PATIENCE = Duration.ofSeconds(60);

  /** One while the tables are being created. */
  private static final int KILLS_BEFORE_THE_LOAD = 1;

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(30);
  private static final Duration BEFORE_FIRST_KILL = Duration.ofMillis(2500);

  private final StressPlan plan;
  private final Random random;
  private final Application application;
  private final Path directory;
  private final Crew writerCrew = new Crew();
  private final Crew faultCrew = new Crew();
  private final Crew readerCrew = new Crew();
  private final Crew earlyCrew = new Crew();
  private final Crew progressCrew = new Crew();
  private final WriterStatistics statistics = new WriterStatistics();
  private final ReaderFindings findings;
  private final HistoryMonitor history;
  private final BackendTerminator terminator;

  private StressRun(StressPlan plan, TestDatabase database, Path directory) {
    this.plan = plan;
    this.random = new Random(plan.seed());
    this.application = new Application(database, new Outages());
    this.directory = directory;
    this.findings = new ReaderFindings(application.outages());
    this.history = new HistoryMonitor(application);
    this.terminator = new BackendTerminator(application, plan.longestPeace(), dice());
  }

  /** Starts a server, which is killed meanwhile, and shows the result. */
  static StressResult onServerOfItsOwn(StressPlan plan, Path directory) throws Exception {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder(plan.version())
                .settings(ServerVariant.STANDARD.settings())
                .start();
        TestDatabase database = TestDatabase.create(server)) {
      StressResult result = new StressRun(plan, database, directory).perform();
      System.err.println(result.describe());
      return result;
    }
  }

  private StressResult perform() throws Exception {
    prepare();
    earlyCrew.start("snapshot from before", new EarlySnapshotReader(application, TABLES, findings));
    try (ProcessKeeper keeper = startWriting()) {
      progressCrew.start("progress", stop -> showProgress(keeper, stop));
      populate(keeper);
      earlyCrew.finish();
      load(keeper);
      return new StressResult(
          plan,
          compare(keeper),
          findings,
          history,
          statistics,
          keeper,
          terminator,
          application.outages());
    } finally {
      giveUpAll();
    }
  }

  private void prepare() throws SQLException, IOException {
    try (Connection connection = application.connect()) {
      Bank.install(connection);
    }
    manifests().write(TABLES);
  }

  /** Writers first, so that the first load happens under load. */
  private ProcessKeeper startWriting() {
    startWriters(Writer.Holding.BRIEF);
    return new ProcessKeeper(
        new TrickleCommandLine(plan.mainClass(), manifests().path(), application.url()),
        directory.resolve("trickle.log"),
        plan.lifetimes(),
        application.outages(),
        dice());
  }

  private void startWriters(Writer.Holding holding) {
    for (int number = 1; number <= Roster.TWENTY.size(); number++) {
      Writer writer = Roster.TWENTY.get(number - 1);
      if (writer.holding() == holding) {
        writerCrew.start(
            "writer " + number, new WriterLoop(writer, number, application, statistics, dice()));
      }
    }
  }

  /** One kill while the tables are being created, then they have to come. */
  private void populate(ProcessKeeper keeper) throws Exception {
    writerCrew.signal().pause(BEFORE_FIRST_KILL);
    keeper.kill();
    Runnable look =
        () -> {
          keeper.requireAlive();
          writerCrew.check();
        };
    new Population(application, TABLES).await(look, POPULATION_PATIENCE);
  }

  private void load(ProcessKeeper keeper) throws Exception {
    startWriters(Writer.Holding.LONG);
    readerCrew.start("totals 1", new TotalsReader(application, TABLES, findings));
    readerCrew.start("totals 2", new TotalsReader(application, TABLES.reversed(), findings));
    readerCrew.start(
        "old snapshots",
        new SteadyReader(application, TABLES, findings, plan.longestSnapshot(), dice()));
    readerCrew.start("history", history);
    faultCrew.start("kill -9", keeper);
    faultCrew.start("terminate backends", terminator);
    Duration half = plan.load().dividedBy(2);
    faultCrew.signal().pause(half);
    new ServerCrash(application).happen();
    faultCrew.signal().pause(half);
    awaitTheRare(keeper);
    faultCrew.finish();
    writerCrew.finish();
  }

  /**
   * On a slow machine every refresh of a table within the load may have met a TRUNCATE, which makes
   * it full, and the dice may have let every life end with a successor: the load goes on until each
   * table was also refreshed by its difference, and a life was ended by a kill.
   */
  private void awaitTheRare(ProcessKeeper keeper) {
    long deadline = System.nanoTime() + plan.patience().toNanos();
    while (!(allRefreshedByDifference() && keeper.kills() > KILLS_BEFORE_THE_LOAD)
        && System.nanoTime() - deadline < 0) {
      faultCrew.signal().pause(LOOK);
    }
  }

  private boolean allRefreshedByDifference() {
    return TABLES.stream()
        .filter(table -> table.maintenance() == Maintenance.DIFFERENTIAL)
        .allMatch(table -> history.counts().differential(table.name()) > 0);
  }

  private StressResult.EndState compare(ProcessKeeper keeper) throws Exception {
    keeper.reviveIfDead();
    try (Connection connection = application.connect()) {
      PreparedTransactions.commitAll(connection);
      List<String> unrefreshed = new LastRefresh(TABLES, REFRESH_PATIENCE).perform(connection);
      readerCrew.finish();
      history.read(connection);
      return new StressResult.EndState(
          unrefreshed, new ImageComparison(TABLES).differences(connection));
    }
  }

  private void showProgress(ProcessKeeper keeper, StopSignal stop) {
    long begin = System.nanoTime();
    while (!stop.pause(PROGRESS_EVERY)) {
      System.err.printf(
          "stress of PostgreSQL %d, %d s: %d transactions, %d refreshes, %d reads, %d errors of"
              + " readers, %d surprises of writers, %d kills%n",
          plan.version().major(),
          Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
          statistics.transactions(),
          history.counts().succeeded(),
          findings.reads(),
          findings.findings().size(),
          statistics.surprises().size(),
          keeper.kills());
    }
  }

  private void giveUpAll() {
    List.of(writerCrew, faultCrew, readerCrew, earlyCrew, progressCrew)
        .forEach(crew -> crew.signal().give());
  }

  private ManifestDirectory manifests() {
    return new ManifestDirectory(directory.resolve("manifests"), application.database().name());
  }

  private Random dice() {
    return new Random(random.nextLong());
  }
}
