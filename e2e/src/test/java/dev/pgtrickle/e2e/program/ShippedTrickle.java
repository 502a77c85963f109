package dev.pgtrickle.e2e.program;

import dev.pgtrickle.testbed.machine.WatchedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command as this checkout packages it. */
public final class ShippedTrickle {
  private static final Path JAR = Shipped.file("cli", "target", "pgtrickle-cli.jar");

  private ShippedTrickle() {}

  /** The words that run the command with these arguments. */
  public static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(Shipped.java());
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts it with the operator as it is shipped, and more variables in its environment. */
  public static WatchedProcess start(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new HashMap<>();
    all.put("PGTRICKLE_OPERATOR", Shipped.OPERATOR.toString());
    all.putAll(environment);
    return WatchedProcess.start(command(arguments), all);
  }
}
