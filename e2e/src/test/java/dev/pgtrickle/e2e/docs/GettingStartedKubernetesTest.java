package dev.pgtrickle.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.e2e.demo.Demo;
import dev.pgtrickle.testbed.machine.WatchedProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executes docs/getting-started-kubernetes.md against a running demo, which is what the page's
 * {@code sh setup} is. Its block {@code sh once} is the demo's own test.
 */
class GettingStartedKubernetesTest {
  @TempDir private Path directory;

  @Test
  void everyCommandWorksAndPrintsWhatThePageShows() throws Exception {
    PageScript page =
        PageScript.read("getting-started-kubernetes.md", directory).linking("crds", "deploy");
    assertThat(page.size()).isGreaterThan(15);
    try (WatchedProcess demo = Demo.start()) {
      assertThat(page.run(page.commands(". '" + Demo.environmentFile(demo) + "'")))
          .contains("public.revenue", "Differential", "KIND:       StreamTable")
          .contains(
              "\"rowsDeleted\":1,\"rowsInserted\":0,\"rowsUpdated\":1", "public.balances  Exact")
          .contains(" Created ", " RefreshRequested ")
          .contains("UnsupportedQuery", "LIMIT or OFFSET is not maintained incrementally")
          .doesNotContain("No resources found");
    }
  }
}
