package dev.pgtrickle.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executes docs/getting-started.md on a database of the test's own. */
class GettingStartedTest {
  @TempDir private Path directory;

  @Test
  void everyCommandWorksAndPrintsWhatThePageShows() throws Exception {
    PageScript page = PageScript.read("getting-started.md", directory);
    assertThat(page.size()).isGreaterThan(8);
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      String commands = page.commands("export PGTRICKLE_PG='" + database.jdbcUrl() + "'");
      String printed =
          page.run(commands.replace("database: app\n", "database: " + database.name() + "\n"));
      assertThat(printed).contains("permission denied for view order_totals");
      assertThat(
              database.queryLong(
                  "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'pgtrickle%'"))
          .isZero();
    }
  }
}
