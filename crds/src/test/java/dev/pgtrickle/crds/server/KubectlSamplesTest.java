package dev.pgtrickle.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The samples through the real kubectl, which has a mind of its own about fields. */
class KubectlSamplesTest {
  private static final String ADMITTED = "created (server dry run)";

  @Test
  void kubectlAdmitsEveryValidSample() {
    assertThat(create("valid")).hasSize((int) Sample.in("valid").count()).allMatch(this::admitted);
  }

  @Test
  void kubectlAdmitsNoInvalidSample() {
    List<String> lines = create("invalid");
    assertThat(lines).hasSizeGreaterThanOrEqualTo((int) Sample.in("invalid").count());
    assertThat(lines).noneMatch(this::admitted);
  }

  private boolean admitted(String line) {
    return line.endsWith(ADMITTED);
  }

  private static List<String> create(String folder) {
    try (Server server = Server.start()) {
      return server
          .plane()
          .kubectl()
          .run(
              "create",
              "--dry-run=server",
              "--namespace=" + server.namespace().name(),
              "-f",
              Sample.FOLDER.resolve(folder).toAbsolutePath().toString())
          .output()
          .lines()
          .toList();
    }
  }
}
