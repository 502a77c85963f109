package dev.pgtrickle.cli.bench.tpch;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.BenchTables;
import dev.pgtrickle.cli.bench.Benchmark;
import dev.pgtrickle.cli.bench.Interleaving;
import dev.pgtrickle.cli.bench.MaterializedView;
import dev.pgtrickle.cli.bench.Measure;
import dev.pgtrickle.cli.bench.QuestionPlans;
import dev.pgtrickle.cli.bench.RefreshClock;
import dev.pgtrickle.cli.bench.Report;
import dev.pgtrickle.cli.bench.RoundChanges;
import dev.pgtrickle.cli.bench.SessionSettings;
import dev.pgtrickle.cli.bench.TimedVariant;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.output.Figures;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.preview.Preview;
import dev.pgtrickle.engine.runtime.EngineEvent;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.questions.Question;
import dev.pgtrickle.testbed.questions.Questions;
import dev.pgtrickle.testbed.tpch.TpchData;
import dev.pgtrickle.testbed.tpch.TpchRefreshes;
import dev.pgtrickle.testbed.tpch.TpchScale;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The 22 questions of TPC-H, kept by the engine and by REFRESH, while all tables change. */
public final class TpchBenchmark {
  private static final String ENGINE = "engine";
  private static final String REFRESH = "REFRESH";
  private static final String SCHEMA = "trickle_bench";
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(30);
  private static final long SEED = 1;

  private final Engines engines;
  private final BenchServer server;
  private final Consumer<String> progress;

  public TpchBenchmark(Engines engines, BenchServer server, Consumer<String> progress) {
    this.engines = engines;
    this.server = server;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param percent of the orders that come, that go, and of which a line changes in a round
   */
  public Report run(TpchScale scale, double percent, int rounds)
      throws SQLException, InterruptedException {
    try (Connection administration = server.connect()) {
      SqlSession session = new SqlSession(administration);
      drop(session);
      try {
        progress.accept("making the tables at scale factor " + scale.factor() + " ...");
        session.execute("CREATE SCHEMA " + SCHEMA, "SET search_path = " + SCHEMA);
        session.execute(new TpchData(scale, SEED).statements().toArray(String[]::new));
        return measure(session, scale, new TpchRefreshes(scale, percent), rounds);
      } finally {
        server.uninstall();
        drop(session);
      }
    }
  }

  private Report measure(SqlSession writer, TpchScale scale, TpchRefreshes refreshes, int rounds)
      throws SQLException, InterruptedException {
    Map<Question, Preview.Accepted> plans =
        QuestionPlans.of(engines, server.target(), SCHEMA, Questions.tpch());
    try (Connection refreshing = server.connect(SessionSettings.ONE_PROCESS.connectOptions());
        Connection reading = server.connect();
        StreamTableEngine engine =
            engines.own(SessionSettings.ONE_PROCESS.target(server.target()), this::trouble)) {
      new SqlSession(refreshing).execute("SET search_path = " + SCHEMA);
      RefreshClock clock = new RefreshClock(reading);
      RoundChanges changes = new RoundChanges(() -> change(writer, refreshes));
      Map<Measure, TimedVariant.Work> byEngine = new LinkedHashMap<>();
      Map<Measure, TimedVariant.Work> byView = new LinkedHashMap<>();
      progress.accept("making the stream tables and views ...");
      for (Question question : plans.keySet()) {
        engine.apply(BenchTables.manual(relation(question), question.sql(), RefreshMode.AUTO));
      }
      for (Map.Entry<Question, Preview.Accepted> plan : plans.entrySet()) {
        Question question = plan.getKey();
        engine.await(relation(question), LOAD_LIMIT);
        MaterializedView view =
            MaterializedView.plain(refreshing, question.name() + "_view", question.sql());
        Measure measure =
            new Measure(
                "%s, %s"
                    .formatted(
                        question.name(), plan.getValue().mode().word().toLowerCase(Locale.ROOT)),
                "ms");
        byEngine.put(measure, () -> refresh(engine, clock, relation(question)));
        byView.put(measure, view::refresh);
      }
      Report report =
          new Interleaving(rounds, progress)
              .run(
                  new Benchmark(
                      "tpch",
                      List.of(
                          new QuestionsVariant(ENGINE, changes, byEngine),
                          new QuestionsVariant(REFRESH, changes, byView)),
                      REFRESH,
                      List.of(),
                      setting(scale, refreshes, clock, plans)));
      check(engine, plans);
      return report;
    }
  }

  private static void change(SqlSession writer, TpchRefreshes refreshes) throws SQLException {
    writer.execute(refreshes.next().toArray(String[]::new));
  }

  /** Milliseconds; none where not one of the columns that it reads has changed. */
  private static double refresh(
      StreamTableEngine engine, RefreshClock clock, QualifiedName relation) throws SQLException {
    return clock.refresh(engine, relation, Optional.empty()).orElse(0);
  }

  private Map<String, String> setting(
      TpchScale scale,
      TpchRefreshes refreshes,
      RefreshClock clock,
      Map<Question, Preview.Accepted> plans)
      throws SQLException {
    Map<String, String> setting = new LinkedHashMap<>(server.description());
    setting.put("scale factor", Double.toString(scale.factor()));
    setting.put(
        "changes",
        "%s orders come, as many go, and of as many a line changes; some rows of the other tables"
            .formatted(Figures.count(refreshes.orders())));
    setting.put("max_parallel_workers_per_gather", "0");
    setting.put("times", clock.description());
    plans.forEach((question, plan) -> {
      if (plan.mode() == Preview.Mode.FULL) {
        setting.put(question.name(), "kept in full: " + plan.reason());
      }
    });
    return setting;
  }

  private static void check(StreamTableEngine engine, Map<Question, Preview.Accepted> plans) {
    for (Question question : plans.keySet()) {
      VerificationResult result = engine.verify(relation(question));
      if (result.verdict() != VerificationResult.Verdict.EXACT) {
        throw TrickleException.of(
            ErrorCode.INTERNAL,
            "a question differs from its query: " + result,
            "report it, with the command line");
      }
    }
  }

  private static QualifiedName relation(Question question) {
    return QualifiedName.of(SCHEMA, question.name());
  }

  private void trouble(EngineEvent event) {
    if (!(event instanceof EngineEvent.Refreshed)) {
      progress.accept(event.toString());
    }
  }

  private static void drop(SqlSession session) throws SQLException {
    session.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
  }
}
