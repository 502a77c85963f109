package dev.pgtrickle.cli.command;

import dev.pgtrickle.binding.connection.PostgresUrl;
import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.Report;
import dev.pgtrickle.cli.bench.ReportText;
import dev.pgtrickle.cli.output.OutputForm;
import dev.pgtrickle.cli.output.Printer;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What all benchmarks have: a server, a number of rounds, a report. */
final class BenchOptions {

  @Option(
      names = "--pg",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description =
          "An empty database to measure instead of an embedded PostgreSQL 18; what is made in it is"
              + " removed again.")
  private @Nullable PostgresUrl url;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "text",
      description = "text or json. Default: text.")
  private Form form = Form.TEXT;

  /** A report is one document: YAML would add nothing. */
  enum Form {
    TEXT,
    JSON
  }

  BenchServer open(
      Map<String, String> environment,
      BenchServer.Instruments instruments,
      Consumer<String> progress) {
    return BenchServer.open(
        Optional.ofNullable(url).map(given -> given.target(environment)), instruments, progress);
  }

  /** Progress goes to standard error, so that standard output holds nothing but the report. */
  static Consumer<String> progress(CommandSpec spec) {
    PrintWriter err = spec.commandLine().getErr();
    return line -> {
      err.println(line);
      err.flush();
    };
  }

  int print(CommandSpec spec, Report report) {
    new Printer(spec.commandLine().getOut())
        .print(
            form == Form.JSON ? OutputForm.JSON : OutputForm.TEXT,
            report,
            () -> ReportText.lines(report));
    return report.passed() ? ExitCodes.OK : ExitCodes.DIFFERENT;
  }
}
