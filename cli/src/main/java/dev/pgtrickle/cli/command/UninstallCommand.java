package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.DatabaseClient;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.engine.runtime.WorkerPresence;
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
  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--yes", description = "Really do it; without it the tables are only listed.")
  private boolean confirmed;

  public UninstallCommand(Engines engines, Map<String, String> environment) {
    this.engines = engines;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (DatabaseClient client = engines.client(server.target(environment))) {
      List<QualifiedName> relations =
          client.report().stream().map(StreamTableReport::relation).toList();
      PrintWriter out = spec.commandLine().getOut();
      if (!confirmed) {
        relations.forEach(relation -> out.println("would remove " + relation));
        out.flush();
        throw new ParameterException(
            spec.commandLine(), "nothing was removed: say --yes to remove the above and the rest");
      }
      if (client.worker() == WorkerPresence.ALIVE) {
        throw TrickleException.of(
            ErrorCode.CONFLICT,
            "a worker keeps this database current",
            "stop it first (Ctrl-C in trickle run), then uninstall");
      }
      client.uninstall();
      relations.forEach(relation -> out.println("removed " + relation));
      out.println("removed pgtrickle");
      return ExitCodes.OK;
    }
  }
}
