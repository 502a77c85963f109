package dev.pgtrickle.cli.stress.planted;

import dev.pgtrickle.cli.command.RunCommand;
import dev.pgtrickle.cli.engine.DatabaseClient;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.engine.PreviewClient;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.runtime.EngineListener;
import dev.pgtrickle.engine.runtime.EngineOptions;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableEngines;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code trickle run} with the planted bug, as a process of its own. */
@Command(name = "planted")
public final class PlantedTrickle {
  private PlantedTrickle() {}

  /** Takes the words of the product. */
  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    System.exit(
        new CommandLine(new PlantedTrickle())
            .addSubcommand(new RunCommand(new PlantedEngines(), environment))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  private record PlantedEngines() implements Engines {
    @Override
    public StreamTableEngine own(ConnectionTarget target, EngineListener listener) {
      return StreamTableEngines.open(
          target, EngineOptions.defaults("planted"), listener, PlantedRules.create());
    }

    @Override
    public DatabaseClient client(ConnectionTarget target) {
      throw new UnsupportedOperationException("run only");
    }

    @Override
    public PreviewClient previews(ConnectionTarget target, List<StreamTableDefinition> declared) {
      throw new UnsupportedOperationException("run only");
    }
  }
}
