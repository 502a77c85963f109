package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.tpch.TpchBenchmark;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.run.StopSignal;
import dev.pgtrickle.testbed.tpch.TpchScale;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The questions of TPC-H. */
@Command(
    name = "tpch",
    description =
        "The 22 questions of TPC-H while all their tables change, kept by the engine, against"
            + " REFRESH MATERIALIZED VIEW. Each is compared with its query in the end.")
public final class BenchTpchCommand implements Callable<Integer> {
  private static final double MOST_PERCENT = 20;

  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--scale",
      paramLabel = "FACTOR",
      defaultValue = "0.1",
      description = "Scale factor: 1 is 6 million lines, 0.001 the least. Default: 0.1.")
  private double scale;

  @Option(
      names = "--percent",
      paramLabel = "PERCENT",
      defaultValue = "0.1",
      description = "Orders that come and go in a round, in percent of all. Default: 0.1.")
  private double percent;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds of each side, by turns. Default: 7.")
  private int rounds;

  public BenchTpchCommand(Engines engines, Map<String, String> environment) {
    this.engines = engines;
    this.environment = environment;
  }

  @Override
  public Integer call() throws SQLException, InterruptedException {
    if (!(percent > 0 && percent <= MOST_PERCENT)) {
      throw new ParameterException(
          spec.commandLine(), "--percent is above 0 and at most " + MOST_PERCENT);
    }
    TpchScale size = scale();
    try (StopSignal _ = StopSignal.of(Thread.currentThread());
        BenchServer server =
            options.open(
                environment, BenchServer.Instruments.REFRESHES, BenchOptions.progress(spec))) {
      return options.print(
          spec,
          new TpchBenchmark(engines, server, BenchOptions.progress(spec))
              .run(size, percent, rounds));
    }
  }

  private TpchScale scale() {
    try {
      return new TpchScale(scale);
    } catch (IllegalArgumentException small) {
      throw new ParameterException(spec.commandLine(), "--scale: " + small.getMessage(), small);
    }
  }
}
