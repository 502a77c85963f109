package dev.pgtrickle.cli.demo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.testbed.machine.TestbedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator that cannot start is started a few times, and then told of. */
class OperatorProcessTest {
  @TempDir Path directory;

  @Test
  void startsAgainAndGivesUpWithTheLastWords() throws Exception {
    Path jar = Files.writeString(directory.resolve("quarkus-run.jar"), "no archive");
    Path log = directory.resolve("operator.log");
    OperatorProcess operator =
        OperatorProcess.start(
            new OperatorProgram(jar),
            directory.resolve("kubeconfig"),
            Files.createFile(directory.resolve("hosts")),
            log);
    assertThatThrownBy(operator::awaitReady)
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("The operator ended")
        .hasMessageContaining("quarkus-run.jar");
    assertThat(Files.readAllLines(log)).filteredOn(line -> line.contains("jarfile")).hasSize(3);
    operator.close();
  }
}
