package dev.pgtrickle.cli.demo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InstallationTest {

  @Test
  void whatIsInstalledIsWhatUsersInstallButForTheDeployment() throws Exception {
    String packed = Installation.read("install.yaml");
    assertThat(packed).isEqualTo(Files.readString(Path.of("..", "deploy", "install.yaml")));
    String installed = Installation.withoutDeployment(packed);
    assertThat(kinds(installed)).isEqualTo(kinds(packed) - 1);
    assertThat(installed)
        .contains("kind: ServiceAccount", "kind: ClusterRole\n", "kind: ClusterRoleBinding")
        .doesNotContain("kind: Deployment");
    assertThat(packed).contains(installed.split("---\n", -1));
  }

  private static long kinds(String manifests) {
    return manifests.lines().filter(line -> line.startsWith("kind: ")).count();
  }
}
