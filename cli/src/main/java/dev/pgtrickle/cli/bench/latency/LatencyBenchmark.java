package dev.pgtrickle.cli.bench.latency;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.BenchTables;
import dev.pgtrickle.cli.bench.Benchmark;
import dev.pgtrickle.cli.bench.Interleaving;
import dev.pgtrickle.cli.bench.Limit;
import dev.pgtrickle.cli.bench.Report;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.output.Figures;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.EngineEvent;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * From commit to visible: the engine with schedule onChange against SQL written by hand, each on a
 * table of its own, by turns in one run.
 */
public final class LatencyBenchmark {
  private static final String ENGINE = "engine";
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(10);
  private static final String HAND_WRITTEN = "hand-written";
  private static final String TABLE = "trickle_bench.account";
  private static final QualifiedName SHOWN = QualifiedName.of("trickle_bench", "shown");
  private static final int MERGE_SINCE = 15;
  private static final double MEDIAN_RATIO = 1.5;
  private static final double TAIL_RATIO = 2.5;

  private final Engines engines;
  private final BenchServer server;
  private final Consumer<String> progress;
  private final Pipeline pipeline;

  public LatencyBenchmark(
      Engines engines, BenchServer server, Consumer<String> progress, Pipeline pipeline) {
    this.pipeline = pipeline;
    this.engines = engines;
    this.server = server;
    this.progress = progress;
  }

  public Report run(int rows, int rounds, Duration duration)
      throws SQLException, InterruptedException {
    Accounts accounts = Accounts.of(rows);
    try (Connection administration = server.connect()) {
      requireMerge(administration);
      drop(administration);
      progress.accept("making two tables of " + Figures.count(rows) + " rows ...");
      new SqlSession(administration).execute("CREATE SCHEMA trickle_bench");
      accounts.create(administration, TABLE);
      HandWrittenSchema.create(administration, accounts, pipeline);
      try (StreamTableEngine engine = engines.own(server.target(), troubles())) {
        for (Stage stage : pipeline.stages()) {
          QualifiedName relation = QualifiedName.of("trickle_bench", stage.name());
          engine.apply(
              BenchTables.differential(
                  relation, stage.query("trickle_bench"), new Schedule.OnChange(), Wake.NOTIFY));
          engine.await(relation, LOAD_LIMIT);
        }
        new SqlSession(administration).execute(pipeline.shown("trickle_bench"));
        return measure(accounts, rounds, duration);
      } finally {
        new SqlSession(administration).execute("DROP VIEW IF EXISTS trickle_bench.shown");
        server.uninstall();
        drop(administration);
      }
    }
  }

  private Report measure(Accounts accounts, int rounds, Duration duration)
      throws SQLException, InterruptedException {
    try (HandWrittenRefresher refresher = HandWrittenRefresher.start(server, pipeline);
        LatencyVariant byEngine =
            new LatencyVariant(
                ENGINE, server, TABLE, SHOWN.quoted(), accounts, duration, pipeline.pause());
        LatencyVariant byHand =
            new LatencyVariant(
                HAND_WRITTEN,
                server,
                HandWrittenSchema.TABLE,
                HandWrittenSchema.RESULT,
                accounts,
                duration,
                pipeline.pause())) {
      Report report =
          new Interleaving(rounds, progress)
              .run(
                  new Benchmark(
                      pipeline.word(),
                      List.of(byHand, byEngine),
                      HAND_WRITTEN,
                      limits(),
                      setting(accounts, duration)));
      refresher.check();
      return report;
    }
  }

  private static void requireMerge(Connection connection) throws SQLException {
    if (connection.getMetaData().getDatabaseMajorVersion() < MERGE_SINCE) {
      throw TrickleException.of(
          ErrorCode.UNSUPPORTED,
          "the SQL written by hand needs MERGE",
          "name a PostgreSQL " + MERGE_SINCE + " or newer");
    }
  }

  private List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    limits.add(Limit.ratio(ENGINE, LatencyVariant.P50, HAND_WRITTEN, MEDIAN_RATIO));
    limits.add(Limit.ratio(ENGINE, LatencyVariant.P99, HAND_WRITTEN, TAIL_RATIO));
    pipeline
        .medianGoal()
        .ifPresent(goal -> limits.add(Limit.absolute(ENGINE, LatencyVariant.P50, goal)));
    pipeline
        .tailGoal()
        .ifPresent(goal -> limits.add(Limit.absolute(ENGINE, LatencyVariant.P99, goal)));
    return limits;
  }

  private Map<String, String> setting(Accounts accounts, Duration duration) throws SQLException {
    Map<String, String> setting = new LinkedHashMap<>(server.description());
    setting.put("rows of the table", Figures.count(accounts.rows()));
    setting.put("groups of the result", Figures.count(accounts.branches()));
    setting.put("tables", Figures.count(pipeline.stages().size()));
    setting.put("writer", "one changed row a commit, every " + pipeline.pause().toMillis() + " ms");
    setting.put("measured a round", Figures.duration(duration) + " after 2.0 s of warm-up");
    return setting;
  }

  /** A refresh that fails while it is measured explains a figure. */
  private EngineListener troubles() {
    return event -> {
      if (!(event instanceof EngineEvent.Refreshed)) {
        progress.accept(event.toString());
      }
    };
  }

  private static void drop(Connection connection) throws SQLException {
    new SqlSession(connection).execute("DROP SCHEMA IF EXISTS trickle_bench CASCADE");
    HandWrittenSchema.drop(connection);
  }
}
