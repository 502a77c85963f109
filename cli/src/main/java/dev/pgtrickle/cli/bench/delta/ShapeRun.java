package dev.pgtrickle.cli.bench.delta;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.BenchTables;
import dev.pgtrickle.cli.bench.Benchmark;
import dev.pgtrickle.cli.bench.Interleaving;
import dev.pgtrickle.cli.bench.MaterializedView;
import dev.pgtrickle.cli.bench.Measure;
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
import dev.pgtrickle.engine.runtime.EngineEvent;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One shape over one size of the tables: five ways to keep it, over the very same changes. */
final class ShapeRun implements AutoCloseable {
  static final String DELTA = "delta";
  static final String FULL = "full by difference";
  static final String REFRESH = "REFRESH";
  static final String CONCURRENTLY = "REFRESH CONCURRENTLY";
  static final String HAND_WRITTEN = "hand-written";
  private static final QualifiedName DELTA_TABLE =
      QualifiedName.of("trickle_bench", "kept_by_delta");
  private static final QualifiedName FULL_TABLE = QualifiedName.of("trickle_bench", "kept_in_full");
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(30);
  private static final Duration WARM_UP = Duration.ofSeconds(5);

  /** What takes a few milliseconds is repeated until the machine knows it by heart. */
  private static final Duration LONG_WARM_UP = Duration.ofSeconds(15);

  private static final double SMALL_RATE = 0.1;
  private static final Interleaving.Turns QUICK =
      new Interleaving.Turns(Set.of(DELTA, HAND_WRITTEN), 4);

  private final DeltaShape shape;
  private final int rows;
  private final SessionSettings settings;
  private final SqlSession writer;
  private final FactChanges changes;
  private final Consumer<String> progress;
  private final Connection connection;
  private final Connection clockConnection;
  private final RefreshClock clock;
  private final StreamTableEngine engine;
  private final HandWrittenDelta handWritten;
  private final MaterializedView plain;
  private final MaterializedView concurrent;

  /** Opens all that takes part; the stream tables are made by {@link #create}. */
  ShapeRun(
      DeltaShape shape,
      int rows,
      SessionSettings settings,
      Engines engines,
      BenchServer server,
      SqlSession writer,
      FactChanges changes,
      Consumer<String> progress)
      throws SQLException {
    this.shape = shape;
    this.rows = rows;
    this.settings = settings;
    this.writer = writer;
    this.changes = changes;
    this.progress = progress;
    this.connection = server.connect(settings.connectOptions());
    new SqlSession(connection).execute("SET search_path = trickle_bench");
    this.clockConnection = server.connect();
    this.clock = new RefreshClock(clockConnection);
    this.handWritten = HandWrittenDelta.create(connection, shape);
    this.plain = MaterializedView.plain(connection, "plain_view", shape.query());
    this.concurrent =
        MaterializedView.concurrent(connection, "concurrent_view", shape.query(), shape.key());
    this.engine =
        engines.own(
            settings.target(server.target()),
            event -> {
              if (!(event instanceof EngineEvent.Refreshed)) {
                progress.accept(event.toString());
              }
            });
  }

  /** Makes the stream tables, and waits until they are filled. */
  void create() {
    engine.apply(BenchTables.manual(DELTA_TABLE, shape.query(), RefreshMode.DIFFERENTIAL));
    engine.apply(BenchTables.manual(FULL_TABLE, shape.query(), RefreshMode.FULL));
    engine.await(DELTA_TABLE, LOAD_LIMIT);
    engine.await(FULL_TABLE, LOAD_LIMIT);
  }

  /** What the times are of. */
  String times() {
    return clock.description();
  }

  /** The rounds of one rate, in percent. */
  Report measure(double rate, int rounds) throws SQLException, InterruptedException {
    long changed = DeltaPlan.changed(rows, rate);
    Measure measure =
        new Measure(
            "%s, %s rows, %s %%%s"
                .formatted(shape, Figures.count(rows), percent(rate), settings.suffix()),
            "ms");
    changes.prepare(writer, changed);
    List<TimedVariant> variants = variants(measure, changed);
    progress.accept(measure.name() + ", warming up ...");
    changes.round(writer, changed);
    for (TimedVariant variant : variants) {
      variant.work().millis();
    }
    warmUp(changed, rate <= SMALL_RATE ? LONG_WARM_UP : WARM_UP);
    Report report =
        new Interleaving(rounds, progress, rate <= SMALL_RATE ? QUICK : Interleaving.Turns.NONE)
            .run(
                new Benchmark(
                    "delta",
                    List.copyOf(variants),
                    REFRESH,
                    settings == SessionSettings.ONE_PROCESS
                        ? DeltaLimits.of(shape, rate, measure)
                        : List.of(),
                    Map.of()));
    check();
    return report;
  }

  /**
   * What is done for the first time is dearer, and not what is asked: a service runs for long. Both
   * that are measured in milliseconds are repeated for a while.
   */
  private void warmUp(long changed, Duration time) throws SQLException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      handWritten.tidy();
      changes.round(writer, changed);
      engine(DELTA_TABLE);
      handWritten.refresh();
    }
  }

  private List<TimedVariant> variants(Measure measure, long changed) {
    RoundChanges round =
        new RoundChanges(() -> {
          handWritten.tidy();
          changes.round(writer, changed);
        });
    List<TimedVariant> variants = new ArrayList<>();
    variants.add(new TimedVariant(DELTA, measure, round, () -> engine(DELTA_TABLE)));
    variants.add(new TimedVariant(HAND_WRITTEN, measure, round, handWritten::refresh));
    variants.add(new TimedVariant(FULL, measure, round, () -> engine(FULL_TABLE)));
    variants.add(new TimedVariant(REFRESH, measure, round, plain::refresh));
    variants.add(new TimedVariant(CONCURRENTLY, measure, round, concurrent::refresh));
    return variants;
  }

  private double engine(QualifiedName relation) throws SQLException {
    return clock
        .refresh(engine, relation, Optional.empty())
        .orElseThrow(() -> wrong(relation + " saw no changes, and there were some"));
  }

  /** A variant that is wrong would be no measure. */
  private void check() throws SQLException {
    for (QualifiedName relation : List.of(DELTA_TABLE, FULL_TABLE)) {
      VerificationResult result = engine.verify(relation);
      if (result.verdict() != VerificationResult.Verdict.EXACT) {
        throw wrong(relation + " differs from its query: " + result);
      }
    }
    if (handWritten.differences(shape.query()) > 0) {
      throw wrong("the SQL written by hand is wrong for shape " + shape);
    }
  }

  private static TrickleException wrong(String what) {
    return TrickleException.of(ErrorCode.INTERNAL, what, "report it, with the command line");
  }

  private static String percent(double rate) {
    return String.format(Locale.ROOT, rate < 1 ? "%.2f" : "%.0f", rate);
  }

  @Override
  public void close() throws SQLException {
    engine.close();
    clockConnection.close();
    SqlSession session = new SqlSession(connection);
    session.execute("DROP MATERIALIZED VIEW plain_view", "DROP MATERIALIZED VIEW concurrent_view");
    HandWrittenDelta.drop(session);
    connection.close();
  }
}
