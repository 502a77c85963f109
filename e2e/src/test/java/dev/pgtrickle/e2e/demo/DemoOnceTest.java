package dev.pgtrickle.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.testbed.machine.WatchedProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code trickle demo --once}: from nothing to tables that equal their queries, and to nothing. */
class DemoOnceTest {
  private static final int TABLES = 3;

  @TempDir private Path directory;

  @Test
  void everyTableEqualsItsQuery() throws Exception {
    try (WatchedProcess demo = Demo.start("--once")) {
      assertThat(demo.exitCode()).as(String.join("\n", demo.lines())).isEqualTo(ExitCodes.OK);
      assertThat(demo.lines())
          .filteredOn(line -> line.startsWith("public.") && line.contains(" Exact "))
          .hasSize(TABLES);
      assertThat(demo.lines())
          .filteredOn(line -> line.contains("shop ") && line.contains(" Serving "))
          .hasSize(TABLES);
      assertThat(demo.lines()).anyMatch(line -> line.startsWith("all "));
      assertThat(demo.descendants()).isEmpty();
    }
  }

  @Test
  void withoutTheProgramsOfTheControlPlaneItSaysWhatToDo() throws Exception {
    try (WatchedProcess demo =
        Demo.start(Map.of("PGTRICKLE_KUBE_DIR", directory.toString()), "--once")) {
      assertThat(demo.exitCode()).isEqualTo(ExitCodes.FAILED);
      assertThat(demo.lines())
          .singleElement()
          .asString()
          .contains("PGTRICKLE_KUBE_DIR", "kube-apiserver", "put them there, or unset");
    }
  }

  @Test
  void withoutTheOperatorItSaysWhatToDo() throws Exception {
    try (WatchedProcess demo =
        Demo.start(
            Map.of("PGTRICKLE_OPERATOR", directory.resolve("none.jar").toString()), "--once")) {
      assertThat(demo.exitCode()).isEqualTo(ExitCodes.FAILED);
      assertThat(demo.lines()).singleElement().asString().contains("./mvnw -pl operator");
    }
  }
}
