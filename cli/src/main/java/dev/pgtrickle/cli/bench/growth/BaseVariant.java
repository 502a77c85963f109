package dev.pgtrickle.cli.bench.growth;

import dev.pgtrickle.cli.bench.BlockMeter;
import dev.pgtrickle.cli.bench.Measure;
import dev.pgtrickle.cli.bench.RefreshClock;
import dev.pgtrickle.cli.bench.Variant;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.tpch.TpchScale;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The questions over tables of one size: ten rows change, and each question is refreshed. */
final class BaseVariant implements Variant {
  private final int factor;
  private final List<String> questions;
  private final SqlSession writer;
  private final TenRows rows;
  private final StreamTableEngine engine;
  private final RefreshClock clock;
  private final BlockMeter meter;

  BaseVariant(
      int factor,
      TpchScale scale,
      List<String> questions,
      SqlSession writer,
      StreamTableEngine engine,
      RefreshClock clock,
      BlockMeter meter) {
    this.factor = factor;
    this.questions = questions;
    this.writer = writer;
    this.rows = new TenRows(scale);
    this.engine = engine;
    this.clock = clock;
    this.meter = meter;
  }

  static String name(int factor) {
    return "base x" + factor;
  }

  static String schema(int factor) {
    return "trickle_bench_x" + factor;
  }

  @Override
  public String name() {
    return name(factor);
  }

  @Override
  public Map<Measure, Double> measure(int round) throws SQLException {
    writer.execute("SET search_path = " + schema(factor));
    rows.change(writer);
    Map<Measure, Double> measured = new LinkedHashMap<>();
    for (String question : questions) {
      OptionalLong before = meter.read();
      OptionalDouble millis =
          clock.refresh(engine, QualifiedName.of(schema(factor), question), Optional.empty());
      OptionalLong after = meter.read();
      // None of its columns changed: nothing was to be measured.
      if (millis.isPresent()) {
        measured.put(GrowthLimits.time(question), millis.getAsDouble());
        if (before.isPresent() && after.isPresent()) {
          measured.put(
              GrowthLimits.blocks(question), (double) (after.getAsLong() - before.getAsLong()));
        }
      }
    }
    return measured;
  }
}
