package dev.pgtrickle.cli.demo.kubernetes;

import dev.pgtrickle.testbed.machine.TestbedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The operator as it was built. The command knows nothing of it but where the file is. */
public record OperatorProgram(Path jar) {
  /** Names the file; the script {@code ./trickle} sets it. */
  public static final String VARIABLE = "PGTRICKLE_OPERATOR";

  /** The one that the environment names. */
  public static OperatorProgram of(Map<String, String> environment) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (named.isBlank()) {
      throw new TestbedException(
          "The demo does not know where the operator is: use ./trickle demo of a checkout, which"
              + " builds it, or name its quarkus-run.jar in the environment variable "
              + VARIABLE
              + ".");
    }
    Path jar = Path.of(named).toAbsolutePath();
    if (!Files.isRegularFile(jar)) {
      throw new TestbedException(
          "%s names %s, which is not there: build it by ./mvnw -pl operator -am package."
              .formatted(VARIABLE, jar));
    }
    return new OperatorProgram(jar);
  }
}
