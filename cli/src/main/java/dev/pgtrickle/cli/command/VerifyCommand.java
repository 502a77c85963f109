package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.output.Printer;
import dev.pgtrickle.cli.output.VerificationView;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares tables with their queries. */
@Command(
    name = "verify",
    description =
        "Compares stream tables with their queries, row by row, without blocking anybody. Tables"
            + " that wait for a refresh are compared at the moment they stand for.")
public final class VerifyCommand implements Callable<Integer> {
  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      converter = RelationName.class,
      description = "The table: name or schema.name. Default: all tables.")
  private @Nullable QualifiedName relation;

  public VerifyCommand(Engines engines, Map<String, String> environment) {
    this.engines = engines;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (StreamTableEngine engine = engines.client(server.target(environment))) {
      List<QualifiedName> relations =
          relation == null
              ? engine.report().stream().map(StreamTableReport::relation).toList()
              : List.of(relation);
      List<VerificationResult> results = relations.stream().map(engine::verify).toList();
      new Printer(spec.commandLine().getOut())
          .print(
              output.form(),
              results.stream().map(VerificationView::of).toList(),
              () -> VerificationView.lines(results));
      return allExact(results) ? ExitCodes.OK : ExitCodes.DIFFERENT;
    }
  }

  static boolean allExact(List<VerificationResult> results) {
    return results.stream()
        .allMatch(result -> result.verdict() == VerificationResult.Verdict.EXACT);
  }
}
