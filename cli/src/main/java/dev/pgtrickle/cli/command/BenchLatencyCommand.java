package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.latency.LatencyBenchmark;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.run.StopSignal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From commit to visible. */
@Command(
    name = "latency",
    description =
        "From a commit to the moment when readers see it in a stream table, against the best SQL"
            + " written by hand.")
public final class BenchLatencyCommand implements Callable<Integer> {
  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Rows of the table. Default: 1000000.")
  private int rows;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Rounds of each side, by turns. Default: 7.")
  private int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "Measured time of a round. Default: 20.")
  private int seconds;

  public BenchLatencyCommand(Engines engines, Map<String, String> environment) {
    this.engines = engines;
    this.environment = environment;
  }

  @Override
  public Integer call() throws SQLException, InterruptedException {
    try (StopSignal _ = StopSignal.of(Thread.currentThread());
        BenchServer server =
            options.open(environment, BenchServer.Instruments.NONE, BenchOptions.progress(spec))) {
      return options.print(
          spec,
          new LatencyBenchmark(engines, server, BenchOptions.progress(spec))
              .run(rows, rounds, Duration.ofSeconds(seconds)));
    }
  }
}
