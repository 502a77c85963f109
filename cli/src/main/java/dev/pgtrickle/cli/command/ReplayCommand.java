package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.output.Documents;
import dev.pgtrickle.cli.replay.CaseFiles;
import dev.pgtrickle.cli.replay.CaseResult;
import dev.pgtrickle.cli.replay.Replay;
import dev.pgtrickle.cli.replay.ReplayMode;
import dev.pgtrickle.cli.replay.ReplayOrder;
import dev.pgtrickle.cli.replay.ReplayReport;
import dev.pgtrickle.cli.replay.ReplayTally;
import dev.pgtrickle.cli.replay.ReplayText;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs case files through the engine. */
@Command(
    name = "replay",
    description = {
      "Runs case files through the engine on an embedded PostgreSQL, and compares each stream table"
          + " with its query after every refresh, row by row, as images.",
      "Exit code 0: nothing differs, 1: something does, 2: a file could not be read."
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final int TOLD_EVERY = 25;

  private final Engines engines;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "A case file, or a directory of case files *.sql.")
  private List<Path> paths = List.of();

  @Option(
      names = "--pg",
      paramLabel = "14..18",
      defaultValue = "18",
      description = "The major version of PostgreSQL. Default: 18.")
  private int major;

  @Option(
      names = "--modes",
      paramLabel = "MODE",
      split = ",",
      description = "differential, full: how the tables are kept. Default: both.")
  private Set<ReplayMode> modes = EnumSet.allOf(ReplayMode.class);

  @Option(
      names = "--orders",
      paramLabel = "ORDER",
      split = ",",
      description =
          "view-first, data-first, interleaved: whether the stream table comes before the rows."
              + " Default: all.")
  private Set<ReplayOrder> orders = EnumSet.allOf(ReplayOrder.class);

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Cases at once, each on a server of its own. Default: three for two" + " processors.")
  // A job waits for its server half of the time.
  private int jobs = (Runtime.getRuntime().availableProcessors() * 3 + 1) / 2;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Where to write the results as JSON.")
  private @Nullable Path report;

  public ReplayCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PostgresVersion version = version();
    if (jobs < 1) {
      throw new ParameterException(spec.commandLine(), "--jobs is at least 1");
    }
    PrintWriter out = spec.commandLine().getOut();
    Consumer<String> progress = BenchOptions.progress(spec);
    write(List.of());
    CaseFiles files = CaseFiles.read(paths);
    files.problems().forEach(progress);
    ReplayTally tally =
        new ReplayTally(results -> {
          ReplayText.ofCase(results).forEach(out::println);
          out.flush();
        });
    new Replay(engines, version, EnumSet.copyOf(orders), EnumSet.copyOf(modes), jobs, progress)
        .run(
            files.cases(),
            (index, results) -> {
              int finished = tally.add(index, results);
              if (finished % TOLD_EVERY == 0) {
                progress.accept("%d of %d cases".formatted(finished, files.cases().size()));
              }
            });
    List<CaseResult> results = tally.results();
    write(results);
    ReplayText.summary(results).forEach(out::println);
    out.flush();
    if (!ReplayText.passed(results)) {
      return ExitCodes.FAILED;
    }
    return files.problems().isEmpty() ? ExitCodes.OK : ExitCodes.USAGE;
  }

  private PostgresVersion version() {
    try {
      return PostgresVersion.ofMajor(major);
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(spec.commandLine(), "--pg: " + unknown.getMessage(), unknown);
    }
  }

  /** Also before the work: a file that cannot be written is better known then. */
  private void write(List<CaseResult> results) {
    if (report == null) {
      return;
    }
    try {
      Files.writeString(report, new Documents().json(ReplayReport.of(results)) + "\n");
    } catch (IOException unwritable) {
      throw new ParameterException(
          spec.commandLine(), "--report: " + report + " cannot be written", unwritable);
    }
  }
}
