package dev.pgtrickle.cli.bench.growth;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.BenchTables;
import dev.pgtrickle.cli.bench.Benchmark;
import dev.pgtrickle.cli.bench.BlockMeter;
import dev.pgtrickle.cli.bench.Interleaving;
import dev.pgtrickle.cli.bench.Limit;
import dev.pgtrickle.cli.bench.QuestionPlans;
import dev.pgtrickle.cli.bench.RefreshClock;
import dev.pgtrickle.cli.bench.Report;
import dev.pgtrickle.cli.bench.SessionSettings;
import dev.pgtrickle.cli.bench.Variant;
import dev.pgtrickle.cli.engine.Engines;
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
import dev.pgtrickle.testbed.tpch.TpchScale;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Ten changed rows under tables of several sizes: what each question of TPC-H touches and takes.
 */
public final class GrowthBenchmark {
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(30);
  private static final int WARM_UP_ROUNDS = 2;
  private static final long SEED = 1;

  private final Engines engines;
  private final BenchServer server;
  private final Consumer<String> progress;

  public GrowthBenchmark(Engines engines, BenchServer server, Consumer<String> progress) {
    this.engines = engines;
    this.server = server;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param scale the scale factor of the smallest tables
   * @param factors how many times as large the others are; the first one is the baseline
   * @param questions their names
   */
  public Report run(double scale, List<Integer> factors, Set<String> questions, int rounds)
      throws SQLException, InterruptedException {
    try (Connection administration = server.connect()) {
      SqlSession session = new SqlSession(administration);
      drop(session, factors);
      try {
        for (int factor : factors) {
          load(session, factor, new TpchScale(scale * factor));
        }
        return measure(session, scale, factors, questions, rounds);
      } finally {
        server.uninstall();
        drop(session, factors);
      }
    }
  }

  private void load(SqlSession session, int factor, TpchScale scale) throws SQLException {
    String schema = BaseVariant.schema(factor);
    progress.accept("making the tables at scale factor " + scale.factor() + " ...");
    session.execute("CREATE SCHEMA " + schema, "SET search_path = " + schema);
    session.execute(new TpchData(scale, SEED).statements().toArray(String[]::new));
  }

  private Report measure(
      SqlSession session, double scale, List<Integer> factors, Set<String> questions, int rounds)
      throws SQLException, InterruptedException {
    Map<String, String> setting = new LinkedHashMap<>(server.description());
    setting.put("base x1", "scale factor " + scale);
    setting.put("changes", "5 rows of lineitem, 2 of orders, 2 of partsupp, 1 of customer a round");
    setting.put("max_parallel_workers_per_gather", "0");
    List<Question> kept = new ArrayList<>();
    QuestionPlans.of(
            engines,
            server.target(),
            BaseVariant.schema(factors.getFirst()),
            Questions.tpch().stream()
                .filter(question -> questions.contains(question.name()))
                .toList())
        .forEach((question, plan) -> {
          if (plan.mode() == Preview.Mode.DIFFERENTIAL) {
            kept.add(question);
          } else {
            setting.put(question.name(), "left out, it is kept in full: " + plan.reason());
          }
        });
    try (Connection reading = server.connect();
        StreamTableEngine engine =
            engines.own(SessionSettings.ONE_PROCESS.target(server.target()), this::trouble)) {
      RefreshClock clock = new RefreshClock(reading);
      BlockMeter meter = new BlockMeter(reading);
      setting.put("times", clock.description());
      setting.put("blocks", meter.description());
      for (int factor : factors) {
        create(engine, factor, kept);
      }
      List<String> names = kept.stream().map(Question::name).toList();
      List<Variant> variants = new ArrayList<>();
      for (int factor : factors) {
        variants.add(
            new BaseVariant(
                factor, new TpchScale(scale * factor), names, session, engine, clock, meter));
      }
      warmUp(variants);
      Report report =
          new Interleaving(rounds, progress)
              .run(
                  new Benchmark(
                      "growth",
                      variants,
                      variants.getFirst().name(),
                      limits(factors, names),
                      setting));
      check(engine, factors, names);
      return report;
    }
  }

  private void create(StreamTableEngine engine, int factor, List<Question> questions) {
    progress.accept("making the stream tables of " + BaseVariant.name(factor) + " ...");
    for (Question question : questions) {
      engine.apply(
          BenchTables.manual(
              QualifiedName.of(BaseVariant.schema(factor), question.name()),
              question.sql(),
              RefreshMode.DIFFERENTIAL));
    }
    for (Question question : questions) {
      engine.await(QualifiedName.of(BaseVariant.schema(factor), question.name()), LOAD_LIMIT);
    }
  }

  /** The first refreshes find cold caches and unplanned statements. */
  private void warmUp(List<Variant> variants) throws SQLException, InterruptedException {
    progress.accept("warming up ...");
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      for (Variant variant : variants) {
        variant.measure(round);
      }
    }
  }

  /** They are promised of multiples of the smallest tables. */
  private static List<Limit> limits(List<Integer> factors, List<String> names) {
    String baseline = BaseVariant.name(factors.getFirst());
    List<Limit> limits = new ArrayList<>();
    for (String name : names) {
      for (int factor : factors.subList(1, factors.size())) {
        if (factors.getFirst() == 1) {
          limits.addAll(GrowthLimits.of(factor, baseline, name));
        }
      }
    }
    return limits;
  }

  private static void check(StreamTableEngine engine, List<Integer> factors, List<String> names) {
    for (int factor : factors) {
      for (String name : names) {
        VerificationResult result =
            engine.verify(QualifiedName.of(BaseVariant.schema(factor), name));
        if (result.verdict() != VerificationResult.Verdict.EXACT) {
          throw TrickleException.of(
              ErrorCode.INTERNAL,
              "a question differs from its query: " + result,
              "report it, with the command line");
        }
      }
    }
  }

  private void trouble(EngineEvent event) {
    if (!(event instanceof EngineEvent.Refreshed)) {
      progress.accept(event.toString());
    }
  }

  private static void drop(SqlSession session, List<Integer> factors) throws SQLException {
    for (int factor : factors) {
      session.execute("DROP SCHEMA IF EXISTS " + BaseVariant.schema(factor) + " CASCADE");
    }
  }
}
