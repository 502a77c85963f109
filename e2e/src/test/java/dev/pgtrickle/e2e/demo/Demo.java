package dev.pgtrickle.e2e.demo;

import dev.pgtrickle.e2e.program.ShippedTrickle;
import dev.pgtrickle.testbed.machine.WatchedProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Starts the demo of this checkout. */
public final class Demo {
  private Demo() {}

  public static WatchedProcess start(String... options) {
    return start(Map.of(), options);
  }

  static WatchedProcess start(Map<String, String> environment, String... options) {
    return ShippedTrickle.start(
        environment, Stream.concat(Stream.of("demo"), Stream.of(options)).toArray(String[]::new));
  }

  /** The file that prepares a shell, once the demo has said its name. */
  public static Path environmentFile(WatchedProcess demo) throws InterruptedException {
    return Path.of(demo.awaitLine(line -> line.startsWith("  . /")).substring("  . ".length()));
  }
}
