package dev.pgtrickle.cli.command;

import dev.pgtrickle.binding.connection.PostgresUrl;
import dev.pgtrickle.binding.manifest.ManifestReader;
import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.binding.problem.LocatedProblem;
import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.demo.SampleFiles;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.run.Assignment;
import dev.pgtrickle.cli.run.Assignments;
import dev.pgtrickle.cli.run.Demonstration;
import dev.pgtrickle.cli.run.KeepCurrent;
import dev.pgtrickle.cli.run.RefreshOnce;
import dev.pgtrickle.cli.run.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps tables current from manifests, without Kubernetes. */
@Command(
    name = "run",
    description = {
      "Keeps the stream tables of manifests current until Ctrl-C.",
      "Without --pg, tables that name a cluster run on an embedded PostgreSQL 18 with a sample shop"
          + " and live writes; without -f, sample tables over that shop are used."
    })
public final class RunCommand implements Callable<Integer> {
  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE|DIR",
      description = "A manifest or a directory of manifests. May be repeated.")
  private List<Path> files = List.of();

  @Option(
      names = "--pg",
      paramLabel = "URL",
      converter = UrlConverter.class,
      description =
          "The server: postgresql://user:password@host:port/ or the jdbc: form. spec.database"
              + " replaces the database of the URL.")
  private @Nullable PostgresUrl url;

  @Option(
      names = "--once",
      description =
          "Create, refresh and verify every table, then end: exit code 0 when every table equals"
              + " its query, 3 when one does not.")
  private boolean once;

  public RunCommand(Engines engines, Map<String, String> environment) {
    this.engines = engines;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    Terminal terminal = Terminal.detect(spec.commandLine().getOut(), spec.commandLine().getErr());
    Manifests manifests = manifests();
    manifests.notes().forEach(terminal::complain);
    if (!manifests.problems().isEmpty()) {
      manifests.problems().stream().map(LocatedProblem::oneLine).forEach(terminal::complain);
      return ExitCodes.USAGE;
    }
    Assignments assignments = new Assignments(environment);
    if (url != null) {
      PostgresUrl server = url;
      return run(
          assignments.onServer(
              manifests, database -> server.withDatabase(database).target(environment)),
          Optional.empty(),
          terminal);
    }
    try (Demonstration demonstration = new Demonstration(terminal)) {
      List<Assignment> found = assignments.byConnection(manifests, demonstration::database);
      return run(found, Optional.of(demonstration), terminal);
    }
  }

  private int run(
      List<Assignment> assignments, Optional<Demonstration> demonstration, Terminal terminal) {
    return once
        ? new RefreshOnce(engines, terminal, output.form()).run(assignments, demonstration)
        : new KeepCurrent(engines, terminal).run(assignments, demonstration);
  }

  private Manifests manifests() {
    ManifestReader reader = new ManifestReader();
    return files.isEmpty()
        ? reader.parse(SampleFiles.MANIFESTS_NAME, SampleFiles.manifests())
        : reader.read(files);
  }
}
