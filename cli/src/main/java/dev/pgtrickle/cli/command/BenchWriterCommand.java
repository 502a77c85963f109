package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.writer.WriterBenchmark;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.run.StopSignal;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What capture costs. */
@Command(
    name = "writer",
    description = "What capture costs whoever writes to a source, against no capture.")
public final class BenchWriterCommand implements Callable<Integer> {
  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Rows of a bulk statement. Default: 100000.")
  private int rows;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds of each variant, by turns. Default: 5.")
  private int rounds;

  public BenchWriterCommand(Engines engines, Map<String, String> environment) {
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
          new WriterBenchmark(engines, server, BenchOptions.progress(spec)).run(rows, rounds));
    }
  }
}
