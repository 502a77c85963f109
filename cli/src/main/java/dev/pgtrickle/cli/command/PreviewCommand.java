package dev.pgtrickle.cli.command;

import dev.pgtrickle.binding.BoundStreamTable;
import dev.pgtrickle.binding.connection.PostgresUrl;
import dev.pgtrickle.binding.manifest.ManifestReader;
import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.binding.problem.LocatedProblem;
import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.engine.PreviewClient;
import dev.pgtrickle.cli.output.PreviewText;
import dev.pgtrickle.cli.output.PreviewView;
import dev.pgtrickle.cli.output.Printer;
import dev.pgtrickle.cli.preview.PreviewServer;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.preview.Preview;
import dev.pgtrickle.engine.preview.PreviewRequest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what would become of queries, without doing it. */
@Command(
    name = "preview",
    description = {
      "Shows how this build would keep queries current: sources, mode, classes, keys, warnings.",
      "Nothing is changed anywhere. Without --pg the tables come from an embedded PostgreSQL 18:"
          + " those of the file after --ddl, else the sample shop.",
      "Exit code 0: differential, 3: by full refreshes only, 1: refused."
    })
public final class PreviewCommand implements Callable<Integer> {
  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output = new OutputOption();

  @ArgGroup(multiplicity = "1")
  private @Nullable What what;

  @ArgGroup private @Nullable Where where;

  @Option(names = "--sql", description = "Show the generated SQL too.")
  private boolean sql;

  /** What is looked at. */
  static final class What {
    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE|DIR",
        required = true,
        description = "A manifest or a directory of manifests. May be repeated.")
    private List<Path> files = List.of();

    @Option(names = "--query", paramLabel = "QUERY", required = true, description = "A query.")
    private @Nullable String query;
  }

  /** Where its tables are. */
  static final class Where {
    @Option(
        names = "--pg",
        paramLabel = "URL",
        required = true,
        converter = UrlConverter.class,
        description =
            "The server: postgresql://user:password@host:port/database or the jdbc: form. With -f,"
                + " spec.database replaces the database of the URL.")
    private @Nullable PostgresUrl url;

    @Option(
        names = "--ddl",
        paramLabel = "FILE",
        required = true,
        description = "A file of SQL that creates the tables, for an embedded PostgreSQL 18.")
    private @Nullable Path ddl;
  }

  public PreviewCommand(Engines engines, Map<String, String> environment) {
    this.engines = engines;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Manifests manifests = manifests();
    if (!manifests.problems().isEmpty()) {
      manifests.problems().stream().map(LocatedProblem::oneLine).forEach(err::println);
      err.flush();
      return ExitCodes.USAGE;
    }
    List<Preview> previews = new ArrayList<>();
    try (PreviewServer server = server(err)) {
      if (query() != null) {
        try (PreviewClient client = engines.previews(server.ownDatabase(), List.of())) {
          previews.add(client.preview(PreviewRequest.ofQuery(query(), statements())));
        }
      }
      previews.addAll(declared(manifests, server));
    }
    new Printer(spec.commandLine().getOut())
        .print(
            output.form(),
            previews.stream().map(PreviewView::of).toList(),
            () -> PreviewText.lines(previews));
    return exitCode(previews);
  }

  /** In the order of the manifests; each knows of the others in its database. */
  private List<Preview> declared(Manifests manifests, PreviewServer server) {
    Map<String, PreviewClient> clients = new HashMap<>();
    try {
      List<Preview> previews = new ArrayList<>();
      for (Manifests.Declared declared : manifests.tables()) {
        PreviewClient client =
            clients.computeIfAbsent(
                declared.table().database(),
                name -> engines.previews(server.database(name), definitions(manifests, name)));
        previews.add(
            client.preview(PreviewRequest.of(declared.table().definition(), statements())));
      }
      return previews;
    } finally {
      clients.values().forEach(PreviewClient::close);
    }
  }

  private static List<StreamTableDefinition> definitions(Manifests manifests, String database) {
    return manifests.tables().stream()
        .map(Manifests.Declared::table)
        .filter(table -> table.database().equals(database))
        .map(BoundStreamTable::definition)
        .toList();
  }

  /** The worst of all: refused, then full only. */
  private static int exitCode(List<Preview> previews) {
    int code = ExitCodes.OK;
    for (Preview preview : previews) {
      switch (preview) {
        case Preview.Refused _ -> {
          return ExitCodes.FAILED;
        }
        case Preview.Accepted accepted -> {
          if (accepted.mode() == Preview.Mode.FULL) {
            code = ExitCodes.DIFFERENT;
          }
        }
      }
    }
    return code;
  }

  private Manifests manifests() {
    return what == null || what.files.isEmpty()
        ? new Manifests(List.of(), List.of(), List.of(), List.of())
        : new ManifestReader().read(what.files);
  }

  private @Nullable String query() {
    return what == null ? null : what.query;
  }

  private PreviewRequest.Statements statements() {
    return sql ? PreviewRequest.Statements.SHOWN : PreviewRequest.Statements.HIDDEN;
  }

  private PreviewServer server(PrintWriter err) {
    if (where != null && where.url != null) {
      return PreviewServer.at(where.url, environment);
    }
    PreviewServer.Progress progress =
        line -> {
          err.println(line);
          err.flush();
        };
    return where != null && where.ddl != null
        ? PreviewServer.embedded(where.ddl, progress)
        : PreviewServer.withSampleShop(progress);
  }
}
