package dev.pgtrickle.cli;

import dev.pgtrickle.cli.command.BenchCommand;
import dev.pgtrickle.cli.command.BenchDeltaCommand;
import dev.pgtrickle.cli.command.BenchGrowthCommand;
import dev.pgtrickle.cli.command.BenchLatencyCommand;
import dev.pgtrickle.cli.command.BenchTpchCommand;
import dev.pgtrickle.cli.command.BenchWriterCommand;
import dev.pgtrickle.cli.command.DemoCommand;
import dev.pgtrickle.cli.command.PreviewCommand;
import dev.pgtrickle.cli.command.RefreshCommand;
import dev.pgtrickle.cli.command.ReplayCommand;
import dev.pgtrickle.cli.command.RunCommand;
import dev.pgtrickle.cli.command.StatusCommand;
import dev.pgtrickle.cli.command.UninstallCommand;
import dev.pgtrickle.cli.command.VerifyCommand;
import dev.pgtrickle.cli.command.VersionCommand;
import dev.pgtrickle.cli.engine.DirectEngines;
import dev.pgtrickle.cli.engine.Engines;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code trickle}. */
@Command(
    name = "trickle",
    description = "Keeps the results of queries current in PostgreSQL, exactly.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Exit codes: 0 ok, 1 failed, 2 wrong command line, manifest or case file, 3 a table differs"
          + " from its query, a benchmark misses a limit, or a query is kept by full refreshes"
          + " only.",
      "Begin with: trickle demo"
    })
public final class TrickleCommand implements Runnable {
  @Spec private CommandSpec spec;

  private TrickleCommand() {}

  public static void main(String[] arguments) {
    System.exit(
        commandLine(new DirectEngines(VersionCommand.program()), System.getenv())
            .execute(arguments));
  }

  /** The whole command line over the given engines and environment. */
  static CommandLine commandLine(Engines engines, Map<String, String> environment) {
    ErrorPrinter errors = new ErrorPrinter(environment);
    CommandLine benchmarks = new CommandLine(new BenchCommand());
    BenchLatencyCommand.addAll(benchmarks, engines, environment);
    benchmarks
        .addSubcommand(new BenchWriterCommand(engines, environment))
        .addSubcommand(new BenchDeltaCommand(engines, environment))
        .addSubcommand(new BenchTpchCommand(engines, environment))
        .addSubcommand(new BenchGrowthCommand(engines, environment));
    CommandLine commandLine =
        new CommandLine(new TrickleCommand())
            .addSubcommand(new DemoCommand(environment))
            .addSubcommand(new RunCommand(engines, environment))
            .addSubcommand(new StatusCommand(engines, environment))
            .addSubcommand(new RefreshCommand(engines, environment))
            .addSubcommand(new VerifyCommand(engines, environment))
            .addSubcommand(new PreviewCommand(engines, environment))
            .addSubcommand(new UninstallCommand(engines, environment))
            .addSubcommand(new ReplayCommand(engines))
            .addSubcommand(benchmarks)
            .addSubcommand(new VersionCommand())
            .addSubcommand(new HelpCommand());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(errors);
    commandLine.setParameterExceptionHandler(errors);
    withHelp(commandLine);
    return commandLine;
  }

  private static void withHelp(CommandLine commandLine) {
    for (CommandLine command : commandLine.getSubcommands().values()) {
      command.getCommandSpec().mixinStandardHelpOptions(true);
      withHelp(command);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: demo, run, status, refresh, verify, preview, uninstall, replay, bench or version");
  }
}
