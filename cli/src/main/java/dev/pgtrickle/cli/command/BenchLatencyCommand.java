package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.latency.LatencyBenchmark;
import dev.pgtrickle.cli.bench.latency.Pipeline;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.run.StopSignal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From commit to visible, for one kind of pipeline. */
@Command
public final class BenchLatencyCommand implements Callable<Integer> {
  private final Engines engines;
  private final Map<String, String> environment;
  private final Pipeline pipeline;

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

  private BenchLatencyCommand(Engines engines, Map<String, String> environment, Pipeline pipeline) {
    this.pipeline = pipeline;
    this.engines = engines;
    this.environment = environment;
  }

  /** One command for each pipeline. */
  public static void addAll(
      CommandLine benchmarks, Engines engines, Map<String, String> environment) {
    for (Pipeline pipeline : Pipeline.values()) {
      CommandLine command =
          new CommandLine(new BenchLatencyCommand(engines, environment, pipeline));
      command.getCommandSpec().usageMessage().description(pipeline.description());
      benchmarks.addSubcommand(pipeline.word(), command);
    }
  }

  @Override
  public Integer call() throws SQLException, InterruptedException {
    try (StopSignal _ = StopSignal.of(Thread.currentThread());
        BenchServer server =
            options.open(environment, BenchServer.Instruments.NONE, BenchOptions.progress(spec))) {
      return options.print(
          spec,
          new LatencyBenchmark(engines, server, BenchOptions.progress(spec), pipeline)
              .run(rows, rounds, Duration.ofSeconds(seconds)));
    }
  }
}
