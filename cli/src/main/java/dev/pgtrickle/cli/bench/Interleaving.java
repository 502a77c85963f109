package dev.pgtrickle.cli.bench;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the variants of a benchmark by turns and reports the medians of their rounds. */
public final class Interleaving {
  private final int rounds;
  private final Consumer<String> progress;
  private final Turns turns;

  /**
   * Variants that are measured several times more in each round, after the others.
   *
   * @param names of the variants: those that take milliseconds, since these vary most
   * @param count how many times more
   */
  public record Turns(Set<String> names, int count) {
    /** Every variant is measured once a round. */
    public static final Turns NONE = new Turns(Set.of(), 0);
  }

  public Interleaving(int rounds, Consumer<String> progress) {
    this(rounds, progress, Turns.NONE);
  }

  public Interleaving(int rounds, Consumer<String> progress, Turns turns) {
    this.rounds = rounds;
    this.progress = progress;
    this.turns = turns;
  }

  public Report run(Benchmark benchmark) throws SQLException, InterruptedException {
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    double loadBefore = load();
    Map<String, Map<Measure, List<Double>>> measured = new LinkedHashMap<>();
    benchmark.variants().forEach(variant -> measured.put(variant.name(), new LinkedHashMap<>()));
    int turn = 0;
    for (int round = 0; round < rounds; round++) {
      measure(benchmark.variants(), round, turn++, measured);
      List<Variant> quick =
          benchmark.variants().stream()
              .filter(variant -> turns.names().contains(variant.name()))
              .toList();
      for (int more = 0; more < turns.count(); more++) {
        measure(quick, round, turn++, measured);
      }
    }
    return new Report(
        benchmark.name(),
        started.toString(),
        rounds,
        Runtime.getRuntime().availableProcessors(),
        loadBefore,
        load(),
        benchmark.setting(),
        figures(measured, benchmark.baseline()),
        benchmark.limits().stream()
            .filter(limit -> isMeasured(measured, limit))
            .map(limit -> judge(measured, limit))
            .toList());
  }

  private void measure(
      List<Variant> variants, int round, int turn, Map<String, Map<Measure, List<Double>>> measured)
      throws SQLException, InterruptedException {
    List<Variant> order = new ArrayList<>(variants);
    // Nobody always goes first.
    Collections.rotate(order, turn);
    for (Variant variant : order) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Map<Measure, Double> values = variant.measure(turn);
      Map<Measure, List<Double>> all = Objects.requireNonNull(measured.get(variant.name()));
      values.forEach(
          (measure, value) -> all.computeIfAbsent(measure, first -> new ArrayList<>()).add(value));
      progress.accept(
          "round %d of %d, %s: %s"
              .formatted(round + 1, rounds, variant.name(), ReportText.values(values)));
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static List<Report.Figure> figures(
      Map<String, Map<Measure, List<Double>>> measured, String baseline) {
    List<Report.Figure> figures = new ArrayList<>();
    measured.forEach((variant, measures) ->
        measures.forEach((measure, values) ->
            figures.add(
                new Report.Figure(
                    variant,
                    measure.name(),
                    measure.unit(),
                    Samples.median(values),
                    Collections.min(values),
                    Collections.max(values),
                    variant.equals(baseline)
                        ? null
                        : ratio(measured, variant, measure, baseline)))));
    return figures;
  }

  /** A figure that cannot be taken here, such as CPU of a remote server, has no verdict. */
  private static boolean isMeasured(Map<String, Map<Measure, List<Double>>> measured, Limit limit) {
    return values(measured, limit.variant(), limit.measure()) != null
        && (limit.baseline().isEmpty()
            || values(measured, limit.baseline().get(), limit.measure()) != null);
  }

  private static Report.Judgement judge(
      Map<String, Map<Measure, List<Double>>> measured, Limit limit) {
    double value = value(measured, limit);
    boolean kept =
        switch (limit.sense()) {
          case AT_MOST -> value <= limit.bound();
          case AT_LEAST -> value >= limit.bound();
        };
    return new Report.Judgement(
        limit.variant(),
        limit.measure().name(),
        limit.baseline().orElse(null),
        limit.sense().word(),
        limit.bound(),
        value,
        kept ? Report.Judgement.PASS : Report.Judgement.FAIL);
  }

  private static double value(Map<String, Map<Measure, List<Double>>> measured, Limit limit) {
    if (limit.baseline().isEmpty()) {
      return Samples.median(
          Objects.requireNonNull(values(measured, limit.variant(), limit.measure())));
    }
    String baseline = limit.baseline().get();
    return Objects.requireNonNull(
        switch (limit.sense()) {
          case AT_MOST -> ratio(measured, limit.variant(), limit.measure(), baseline);
          case AT_LEAST -> ratio(measured, baseline, limit.measure(), limit.variant());
        });
  }

  private static @Nullable Double ratio(
      Map<String, Map<Measure, List<Double>>> measured,
      String variant,
      Measure measure,
      String baseline) {
    List<Double> values = values(measured, variant, measure);
    List<Double> base = values(measured, baseline, measure);
    return values == null || base == null
        ? null
        : Double.valueOf(Samples.median(values) / Samples.median(base));
  }

  private static @Nullable List<Double> values(
      Map<String, Map<Measure, List<Double>>> measured, String variant, Measure measure) {
    return measured.getOrDefault(variant, Map.of()).get(measure);
  }
}
