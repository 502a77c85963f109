package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.output.Printer;
import dev.pgtrickle.cli.output.StatusTable;
import dev.pgtrickle.cli.output.StatusView;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the stream tables of a database. */
@Command(
    name = "status",
    description = "Shows the stream tables of a database: state, mode, lag, last refresh.")
public final class StatusCommand implements Callable<Integer> {
  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  public StatusCommand(Engines engines, Map<String, String> environment) {
    this.engines = engines;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (StreamTableEngine engine = engines.client(server.target(environment))) {
      List<StreamTableReport> reports = engine.report();
      new Printer(spec.commandLine().getOut())
          .print(
              output.form(),
              reports.stream().map(StatusView::of).toList(),
              () -> StatusTable.lines(reports));
      return ExitCodes.OK;
    }
  }
}
