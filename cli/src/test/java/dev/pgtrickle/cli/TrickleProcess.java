package dev.pgtrickle.cli;

import dev.pgtrickle.testbed.machine.WatchedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the command as a process of its own, from the classes under test. */
public final class TrickleProcess {
  private TrickleProcess() {}

  public static WatchedProcess start(String... words) {
    return start(Map.of(), words);
  }

  /** The same with more variables in its environment. */
  public static WatchedProcess start(Map<String, String> environment, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TrickleCommand.class.getName()));
    command.addAll(List.of(words));
    return WatchedProcess.start(command, environment);
  }
}
