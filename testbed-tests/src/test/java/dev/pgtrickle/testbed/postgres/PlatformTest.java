package dev.pgtrickle.testbed.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.testbed.machine.TestbedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlatformTest {
  @Test
  void knowsLinuxOnTwoProcessors() {
    assertThat(Platform.of("Linux", "amd64")).isEqualTo(Platform.LINUX_AMD64);
    assertThat(Platform.of("Linux", "aarch64")).isEqualTo(Platform.LINUX_ARM64);
  }

  @Test
  void saysThatThereAreNoBinariesForOthers() {
    assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
        .isInstanceOf(TestbedException.class)
        .hasMessageContaining("not on Windows 11");
    assertThatThrownBy(() -> Platform.of("Linux", "riscv64")).hasMessageContaining("riscv64");
  }

  @ParameterizedTest
  @EnumSource
  void theBuildFetchesTheRelease(PostgresVersion version) throws IOException {
    assertThat(Files.readString(Path.of("..", "testbed", "pom.xml")))
        .contains("<version>" + version.release() + "</version>");
  }
}
