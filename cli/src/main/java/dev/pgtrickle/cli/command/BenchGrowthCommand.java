package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.growth.GrowthBenchmark;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.run.StopSignal;
import dev.pgtrickle.testbed.questions.Question;
import dev.pgtrickle.testbed.questions.Questions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Ten rows under larger and larger tables. */
@Command(
    name = "growth",
    description =
        "What a refresh after ten changed rows touches and takes, for each question of TPC-H over"
            + " tables of several sizes.")
public final class BenchGrowthCommand implements Callable<Integer> {
  private static final double LEAST_SCALE = 0.005;

  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--scale",
      paramLabel = "FACTOR",
      defaultValue = "0.01",
      description = "Scale factor of tables that are not larger. Default: 0.01.")
  private double scale;

  @Option(
      names = "--factors",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,10,100",
      description =
          "How many times as large the tables are; the first is the baseline. Default: 1,10,100.")
  private List<Integer> factors = List.of();

  @Option(
      names = "--questions",
      paramLabel = "NAME",
      split = ",",
      description = "Those of q01 to q22 that are measured. Default: all.")
  private Set<String> questions =
      Questions.tpch().stream().map(Question::name).collect(Collectors.toSet());

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "15",
      description = "Rounds of each size, by turns. Default: 15.")
  private int rounds;

  public BenchGrowthCommand(Engines engines, Map<String, String> environment) {
    this.engines = engines;
    this.environment = environment;
  }

  @Override
  public Integer call() throws SQLException, InterruptedException {
    if (!(scale >= LEAST_SCALE)) {
      throw new ParameterException(spec.commandLine(), "--scale is at least " + LEAST_SCALE);
    }
    if (factors.stream().anyMatch(factor -> factor < 1)
        || factors.stream().distinct().count() != factors.size()) {
      throw new ParameterException(
          spec.commandLine(), "--factors are 1 and above, and each another one");
    }
    Set<String> unknown = new TreeSet<>(questions);
    Questions.tpch().forEach(question -> unknown.remove(question.name()));
    if (!unknown.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--questions: there is no " + unknown);
    }
    try (StopSignal _ = StopSignal.of(Thread.currentThread());
        BenchServer server =
            options.open(
                environment, BenchServer.Instruments.REFRESHES, BenchOptions.progress(spec))) {
      return options.print(
          spec,
          new GrowthBenchmark(engines, server, BenchOptions.progress(spec))
              .run(scale, factors, questions, rounds));
    }
  }
}
