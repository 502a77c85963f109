package dev.pgtrickle.cli.bench.delta;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.Report;
import dev.pgtrickle.cli.bench.SessionSettings;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.output.Figures;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.tpch.TpchData;
import dev.pgtrickle.testbed.tpch.TpchScale;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A refresh by the changes against a full one, against both ways of PostgreSQL's own materialized
 * views, and against SQL written by hand for the one query.
 */
public final class DeltaBenchmark {
  private static final int MERGE_SINCE = 15;
  private static final long SEED = 1;

  private final Engines engines;
  private final BenchServer server;
  private final Consumer<String> progress;

  public DeltaBenchmark(Engines engines, BenchServer server, Consumer<String> progress) {
    this.engines = engines;
    this.server = server;
    this.progress = progress;
  }

  public Report run(DeltaPlan plan) throws SQLException, InterruptedException {
    List<Report> parts = new ArrayList<>();
    Map<String, String> setting = new LinkedHashMap<>(server.description());
    setting.put(
        "rows of the fact table",
        plan.rows().stream().map(Figures::count).collect(Collectors.joining(" and ")));
    setting.put("changes", "70 % updates, 15 % deletes, 15 % inserts of rows of lineitem");
    setting.put(
        "max_parallel_workers_per_gather", "0 in every session, but for what says otherwise");
    try (Connection administration = server.connect()) {
      requireMerge(administration);
      for (int index = 0; index < plan.rows().size(); index++) {
        size(plan, index, administration, parts, setting);
      }
    }
    return Report.joined(setting, parts);
  }

  private void size(
      DeltaPlan plan,
      int index,
      Connection administration,
      List<Report> parts,
      Map<String, String> setting)
      throws SQLException, InterruptedException {
    int rows = plan.rows().get(index);
    List<DeltaShape> shapes = plan.shapes(index);
    if (shapes.isEmpty()) {
      return;
    }
    SqlSession session = new SqlSession(administration);
    drop(session);
    try {
      TpchScale scale = TpchScale.ofLines(rows);
      progress.accept("making tables with " + Figures.count(rows) + " lines ...");
      session.execute("CREATE SCHEMA trickle_bench", "SET search_path = trickle_bench");
      session.execute(new TpchData(scale, SEED).statements().toArray(String[]::new));
      FactChanges changes = new FactChanges(scale);
      for (DeltaShape shape : shapes) {
        parts.addAll(
            shape(plan, rows, shape, SessionSettings.ONE_PROCESS, session, changes, setting));
        if (shape == DeltaShape.THREE_WAY) {
          parts.addAll(
              shape(plan, rows, shape, SessionSettings.DEFAULT, session, changes, setting));
        }
      }
    } finally {
      drop(session);
    }
  }

  private List<Report> shape(
      DeltaPlan plan,
      int rows,
      DeltaShape shape,
      SessionSettings settings,
      SqlSession session,
      FactChanges changes,
      Map<String, String> setting)
      throws SQLException, InterruptedException {
    progress.accept("making the tables and views of " + shape + settings.suffix() + " ...");
    List<Report> reports = new ArrayList<>();
    try (ShapeRun run =
        new ShapeRun(shape, rows, settings, engines, server, session, changes, progress)) {
      run.create();
      setting.put("times", run.times());
      for (double rate : plan.rates()) {
        reports.add(run.measure(rate, plan.rounds()));
      }
    } finally {
      server.uninstall();
    }
    return reports;
  }

  private static void requireMerge(Connection connection) throws SQLException {
    if (connection.getMetaData().getDatabaseMajorVersion() < MERGE_SINCE) {
      throw TrickleException.of(
          ErrorCode.UNSUPPORTED,
          "the SQL written by hand needs MERGE",
          "name a PostgreSQL " + MERGE_SINCE + " or newer");
    }
  }

  private static void drop(SqlSession session) throws SQLException {
    session.execute("DROP SCHEMA IF EXISTS trickle_bench CASCADE");
    HandWrittenDelta.drop(session);
  }
}
