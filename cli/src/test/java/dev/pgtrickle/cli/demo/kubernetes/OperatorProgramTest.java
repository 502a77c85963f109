package dev.pgtrickle.cli.demo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.testbed.machine.TestbedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorProgramTest {
  @TempDir private Path directory;

  @Test
  void itIsTheFileThatTheEnvironmentNames() throws Exception {
    Path jar = Files.createFile(directory.resolve("quarkus-run.jar"));
    assertThat(OperatorProgram.of(Map.of(OperatorProgram.VARIABLE, jar.toString())).jar())
        .isEqualTo(jar);
  }

  @Test
  void withoutOneTheMessageSaysWhatToDo() {
    assertThatThrownBy(() -> OperatorProgram.of(Map.of()))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("./trickle demo")
        .hasMessageContaining("PGTRICKLE_OPERATOR");
    assertThatThrownBy(() ->
            OperatorProgram.of(
                Map.of(OperatorProgram.VARIABLE, directory.resolve("none").toString())))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("./mvnw -pl operator -am package");
  }
}
