package dev.pgtrickle.cli.command;

import dev.pgtrickle.cli.ExitCodes;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what this is. */
@Command(name = "version", description = "Prints the version of the command and of its Java.")
public final class VersionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String version =
        Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
            .orElse("(development)");
    spec.commandLine()
        .getOut()
        .println(
            "trickle "
                + version
                + ", Java "
                + Runtime.version().feature()
                + ", PostgreSQL 14 to 18");
    return ExitCodes.OK;
  }
}
