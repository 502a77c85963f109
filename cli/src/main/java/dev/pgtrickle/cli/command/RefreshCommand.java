package dev.pgtrickle.cli.command;

import dev.pgtrickle.binding.value.DurationText;
import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.output.Figures;
import dev.pgtrickle.cli.output.Printer;
import dev.pgtrickle.cli.output.RefreshView;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Asks for a refresh and waits for its end. */
@Command(
    name = "refresh",
    description = "Asks the worker for a refresh of a stream table and waits for its end.")
public final class RefreshCommand implements Callable<Integer> {
  private final Engines engines;
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private OutputOption output = new OutputOption();

  @Parameters(
      paramLabel = "NAME",
      converter = RelationName.class,
      description = "The table: name or schema.name.")
  private QualifiedName relation;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "full or differential, to insist on one. Default: the table's own.")
  private @Nullable Insisted mode;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "10m",
      converter = Patience.class,
      description = "How long to wait, such as 30s or 10m. Default: 10m.")
  private Duration patience;

  /** The modes that one can insist on. */
  enum Insisted {
    FULL(RefreshMode.FULL),
    DIFFERENTIAL(RefreshMode.DIFFERENTIAL);

    private final RefreshMode mode;

    Insisted(RefreshMode mode) {
      this.mode = mode;
    }
  }

  /** Reads durations as manifests do. */
  static final class Patience implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return DurationText.parse(text)
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is no duration: write 30s or 10m"));
    }
  }

  public RefreshCommand(Engines engines, Map<String, String> environment) {
    this.engines = engines;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (StreamTableEngine engine = engines.client(server.target(environment))) {
      RefreshReport report =
          engine.refresh(
              relation, Optional.ofNullable(mode).map(insisted -> insisted.mode), patience);
      new Printer(spec.commandLine().getOut())
          .print(output.form(), RefreshView.of(report), () -> List.of(sentence(report)));
      return ExitCodes.OK;
    }
  }

  private String sentence(RefreshReport report) {
    return "%s refreshed in %s: %s (%s), %d inserted, %d updated, %d deleted"
        .formatted(
            relation,
            Figures.duration(report.duration()),
            report.mode(),
            report.reason(),
            report.rowsInserted(),
            report.rowsUpdated(),
            report.rowsDeleted());
  }
}
