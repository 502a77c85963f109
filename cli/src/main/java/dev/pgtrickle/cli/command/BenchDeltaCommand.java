package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.delta.DeltaBenchmark;
import dev.pgtrickle.cli.bench.delta.DeltaPlan;
import dev.pgtrickle.cli.bench.delta.DeltaShape;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.run.StopSignal;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A refresh by the changes, against everything else. */
@Command(
    name = "delta",
    description =
        "A refresh by the changes against a full one, REFRESH MATERIALIZED VIEW with and without"
            + " CONCURRENTLY, and SQL written by hand.")
public final class BenchDeltaCommand implements Callable<Integer> {
  private static final int LEAST_ROWS = 6_000;
  private static final double MOST_PERCENT = 20;

  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--rows",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000000,5000000",
      description =
          "Rows of lineitem. All shapes are measured with the first size, the three-way join with"
              + " all. Default: 1000000,5000000.")
  private List<Integer> rows = List.of();

  @Option(
      names = "--rates",
      paramLabel = "PERCENT",
      split = ",",
      defaultValue = "0.01,0.1,1,10",
      description = "Changed rows, in percent of those of lineitem. Default: 0.01,0.1,1,10.")
  private List<Double> rates = List.of();

  @Option(
      names = "--shapes",
      paramLabel = "SHAPE",
      split = ",",
      description =
          "filter, aggregate, join, join-aggregate, three-way: which queries. Default: all.")
  private Set<DeltaShape> shapes = EnumSet.allOf(DeltaShape.class);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds of each variant, by turns. Default: 5.")
  private int rounds;

  public BenchDeltaCommand(Engines engines, Map<String, String> environment) {
    this.engines = engines;
    this.environment = environment;
  }

  @Override
  public Integer call() throws SQLException, InterruptedException {
    if (rows.stream().anyMatch(size -> size < LEAST_ROWS)) {
      throw new ParameterException(spec.commandLine(), "--rows is at least " + LEAST_ROWS);
    }
    if (rates.stream().anyMatch(rate -> !(rate > 0 && rate <= MOST_PERCENT))) {
      throw new ParameterException(
          spec.commandLine(), "--rates are above 0 and at most " + MOST_PERCENT);
    }
    try (StopSignal _ = StopSignal.of(Thread.currentThread());
        BenchServer server =
            options.open(
                environment, BenchServer.Instruments.REFRESHES, BenchOptions.progress(spec))) {
      return options.print(
          spec,
          new DeltaBenchmark(engines, server, BenchOptions.progress(spec))
              .run(new DeltaPlan(rows, rates, EnumSet.copyOf(shapes), rounds)));
    }
  }
}
