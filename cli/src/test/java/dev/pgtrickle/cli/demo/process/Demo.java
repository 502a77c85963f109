package dev.pgtrickle.cli.demo.process;

import dev.pgtrickle.cli.TrickleProcess;
import dev.pgtrickle.cli.demo.kubernetes.OperatorProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Starts the demo of this checkout. */
final class Demo {
  private static final Path OPERATOR =
      Path.of("..", "operator", "target", "quarkus-app", "quarkus-run.jar");

  private Demo() {}

  /** An operator that is not there is an error of the demo, and so of the test. */
  static Map<String, String> environment() {
    return Map.of(OperatorProgram.VARIABLE, OPERATOR.toAbsolutePath().normalize().toString());
  }

  static TrickleProcess start(String... options) throws IOException {
    return start(Map.of(), options);
  }

  static TrickleProcess start(Map<String, String> more, String... options) throws IOException {
    Map<String, String> environment = new HashMap<>(environment());
    environment.putAll(more);
    String[] words = Stream.concat(Stream.of("demo"), Stream.of(options)).toArray(String[]::new);
    return TrickleProcess.start(environment, words);
  }

  /** The file that prepares a shell, once the demo has said its name. */
  static Path environmentFile(TrickleProcess demo) throws InterruptedException {
    return Path.of(demo.awaitLine(line -> line.startsWith("  . /")).substring("  . ".length()));
  }
}
