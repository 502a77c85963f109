package dev.pgtrickle.cli.bench.writer;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.BenchTables;
import dev.pgtrickle.cli.bench.Benchmark;
import dev.pgtrickle.cli.bench.Interleaving;
import dev.pgtrickle.cli.bench.Limit;
import dev.pgtrickle.cli.bench.Report;
import dev.pgtrickle.cli.bench.Variant;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.output.Figures;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.Wake;
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
import java.util.Optional;
import java.util.function.Consumer;

/** What a writer pays for capture: without it, with it, and with wake-ups on top. */
public final class WriterBenchmark {
  private static final String NONE = "no capture";
  private static final String CAPTURE = "capture";
  private static final String NOTIFY = "capture, notify";
  private static final Duration REFRESH_LIMIT = Duration.ofMinutes(5);

  private final Engines engines;
  private final BenchServer server;
  private final Consumer<String> progress;

  public WriterBenchmark(Engines engines, BenchServer server, Consumer<String> progress) {
    this.engines = engines;
    this.server = server;
    this.progress = progress;
  }

  public Report run(int rows, int rounds) throws SQLException, InterruptedException {
    WriterLoad load = new WriterLoad(rows, Math.max(1, rows / 10), Math.max(1, rows / 50));
    try (Connection administration = server.connect()) {
      drop(administration);
      new SqlSession(administration).execute("CREATE SCHEMA trickle_bench");
      try (StreamTableEngine engine = engines.own(server.target(), troubles())) {
        List<Variant> variants = new ArrayList<>();
        variants.add(none(administration, load));
        // Nobody refreshes while it is measured: only the writer's own cost counts.
        variants.add(
            captured(administration, engine, load, CAPTURE, new Schedule.Manual(), Wake.POLL));
        variants.add(
            captured(administration, engine, load, NOTIFY, new Schedule.OnChange(), Wake.NOTIFY));
        return new Interleaving(rounds, progress)
            .run(new Benchmark("writer", variants, NONE, limits(), setting(load)));
      } finally {
        server.uninstall();
        drop(administration);
      }
    }
  }

  private Variant none(Connection administration, WriterLoad load) throws SQLException {
    WriterTable table = WriterTable.of("none");
    table.create(administration);
    return new WriterVariant(NONE, table, server, load, () -> {});
  }

  private Variant captured(
      Connection administration,
      StreamTableEngine engine,
      WriterLoad load,
      String name,
      Schedule schedule,
      Wake wake)
      throws SQLException {
    WriterTable table = WriterTable.of(name.replaceAll("[^a-z]+", "_"));
    table.create(administration);
    engine.apply(BenchTables.differential(table.result(), table.query(), schedule, wake));
    engine.await(table.result(), REFRESH_LIMIT);
    return new WriterVariant(
        name,
        table,
        server,
        load,
        () -> engine.refresh(table.result(), Optional.of(RefreshMode.DIFFERENTIAL), REFRESH_LIMIT));
  }

  private static List<Limit> limits() {
    return List.of(
        Limit.ratio(CAPTURE, WriterMeasures.BULK_INSERT, NONE, 1.7),
        Limit.ratio(CAPTURE, WriterMeasures.BULK_UPDATE, NONE, 1.7),
        Limit.ratio(CAPTURE, WriterMeasures.BULK_DELETE, NONE, 4.5),
        Limit.ratio(CAPTURE, WriterMeasures.SINGLE_INSERT, NONE, 2.0),
        Limit.ratio(CAPTURE, WriterMeasures.SINGLE_UPDATE, NONE, 2.0),
        Limit.ratio(CAPTURE, WriterMeasures.SINGLE_DELETE, NONE, 2.0),
        Limit.ratio(CAPTURE, WriterMeasures.CLIENTS, NONE, 1.4));
  }

  private Map<String, String> setting(WriterLoad load) throws SQLException {
    Map<String, String> setting = new LinkedHashMap<>(server.description());
    setting.put("bulk", Figures.count(load.bulkRows()) + " rows a statement");
    setting.put(
        "single",
        Figures.count(load.singleRows()) + " statements of one row, synchronous_commit off");
    setting.put(
        "clients",
        ConcurrentClients.CLIENTS + " with " + Figures.count(load.clientRows()) + " inserts each");
    setting.put("table", "8 columns, 2 of them referenced, primary key and another index");
    setting.put("buffers", "logged");
    setting.put(
        "times",
        server.whereabouts() == BenchServer.Whereabouts.THIS_MACHINE
            ? "CPU of the writer's server process, but for the clients"
            : "wall: the server's processes cannot be watched from here");
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
  }
}
