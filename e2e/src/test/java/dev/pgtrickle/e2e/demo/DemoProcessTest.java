package dev.pgtrickle.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.machine.ExternalProgram;
import dev.pgtrickle.testbed.machine.WatchedProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code trickle demo} as a process: how it lives, and that nothing of it is left. */
class DemoProcessTest {
  private static final int TERMINATED = 143;

  @Test
  void terminatedItTakesEverythingWithItThatItStarted() throws Exception {
    try (WatchedProcess demo = Demo.start()) {
      Path environment = Demo.environmentFile(demo);
      demo.awaitLine(line -> line.startsWith("revenue ") && line.contains("Serving"));
      String columns = demo.awaitLine(line -> line.startsWith("NAME "));
      assertThat(columns)
          .contains("CLUSTER", "RELATION", "READY", "STATUS", "MODE", "LAG", "LAST-REFRESH", "AGE");
      assertThat(shell(environment, "kubectl get streamtables -o name").lines())
          .containsExactly(
              "streamtable.pgtrickle.dev/open-orders",
              "streamtable.pgtrickle.dev/revenue",
              "streamtable.pgtrickle.dev/sales-by-product");
      // Only its own rights: the operator's account may not read what users may.
      assertThat(
              shell(
                  environment,
                  "kubectl auth can-i list secrets"
                      + " --as=system:serviceaccount:pgtrickle-system:pgtrickle-operator || true"))
          .endsWith("no");
      shell(environment, "kubectl delete streamtable open-orders");
      demo.awaitLine(line -> line.equals("open-orders is gone"));
      Map<Long, ProcessHandle> started = demo.descendants();
      // The control plane's three, PostgreSQL, the operator.
      assertThat(started).hasSizeGreaterThan(5);

      demo.terminate();

      assertThat(demo.exitCode()).isEqualTo(TERMINATED);
      for (ProcessHandle process : started.values()) {
        process.onExit().get(10, TimeUnit.SECONDS);
      }
      assertThat(environment).doesNotExist();
      assertThat(demo.lines())
          .noneMatch(line -> line.contains("Internal") || line.contains("Exception"))
          .noneMatch(line -> line.startsWith("[") || line.contains("WARN"));
    }
  }

  private static String shell(Path environment, String command) {
    ExternalProgram.Outcome outcome =
        ExternalProgram.run(List.of("sh", "-c", ". '" + environment + "'; " + command));
    assertThat(outcome.succeeded()).as(outcome.output()).isTrue();
    return outcome.output();
  }
}
