package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.Uninstallation;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Removes everything of ours from a database. */
@Command(
    name = "uninstall",
    description =
        "Removes everything of pgtrickle from a database, the stream tables included. Base tables"
            + " are not touched.")
public final class UninstallCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--yes", description = "Really do it; without it the tables are only listed.")
  private boolean confirmed;

  public UninstallCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    ConnectionTarget target = server.target(environment);
    PrintWriter out = spec.commandLine().getOut();
    try (Uninstallation uninstallation = Uninstallation.begin(target)) {
      if (!uninstallation.isInstalled()) {
        out.println("pgtrickle is not installed in this database");
        return ExitCodes.OK;
      }
      List<String> relations = uninstallation.relations();
      if (!confirmed) {
        relations.forEach(relation -> out.println("would remove " + relation));
        out.flush();
        throw new ParameterException(
            spec.commandLine(), "nothing was removed: say --yes to remove the above and the rest");
      }
      uninstallation.run();
      relations.forEach(relation -> out.println("removed " + relation));
      out.println("removed pgtrickle");
      return ExitCodes.OK;
    }
  }
}
