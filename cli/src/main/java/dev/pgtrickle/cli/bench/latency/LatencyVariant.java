package dev.pgtrickle.cli.bench.latency;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.Measure;
import dev.pgtrickle.cli.bench.Samples;
import dev.pgtrickle.cli.bench.Variant;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Writes to a source for a while and notices when each commit shows in its result. */
final class LatencyVariant implements Variant, AutoCloseable {
  static final Measure P50 = new Measure("p50", "ms");
  static final Measure P99 = new Measure("p99", "ms");
  private static final Duration WARM_UP_PAUSE = Duration.ofMillis(10);
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final int MEDIAN = 50;
  private static final int TAIL = 99;

  private final String name;
  private final String relation;
  private final Duration duration;
  private final Duration pause;
  private final Connection reading;
  private final Connection writing;
  private final SteadyWriter writer;

  LatencyVariant(
      String name,
      BenchServer server,
      String table,
      String relation,
      Accounts accounts,
      Duration duration,
      Duration pause)
      throws SQLException {
    this.name = name;
    this.pause = pause;
    this.relation = relation;
    this.duration = duration;
    this.reading = server.connect();
    this.writing = server.connect();
    this.writer = new SteadyWriter(writing, table, accounts, name.hashCode());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<Measure, Double> measure(int round) throws SQLException, InterruptedException {
    observe(WARM_UP, WARM_UP_PAUSE);
    List<Double> millis = observe(duration, pause);
    Map<Measure, Double> measured = new LinkedHashMap<>();
    measured.put(P50, Samples.percentile(millis, MEDIAN));
    measured.put(P99, Samples.percentile(millis, TAIL));
    return measured;
  }

  private List<Double> observe(Duration time, Duration between)
      throws SQLException, InterruptedException {
    VisibilityProbe probe = new VisibilityProbe(reading, relation);
    AtomicBoolean writes = new AtomicBoolean(true);
    AtomicReference<SQLException> trouble = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .name("writer")
            .start(() -> {
              try {
                writer.write(time, between, probe::expect);
              } catch (SQLException failure) {
                trouble.set(failure);
              } finally {
                writes.set(false);
              }
            });
    List<Double> millis = probe.watch(writes::get);
    thread.join();
    if (trouble.get() != null) {
      throw trouble.get();
    }
    return millis;
  }

  @Override
  public void close() throws SQLException {
    reading.close();
    writing.close();
  }
}
