package dev.pgtrickle.cli.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgtrickle.cli.CommandRun;
import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.DirectEngines;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which stream tables a preview knows, and what it says of them. */
class PreviewAdviceTest {
  @TempDir private Path directory;

  @Test
  void tablesOfTheDatabaseAreKnown() throws SQLException, IOException {
    try (TestDatabase database = shop()) {
      Path file = manifests(database, "big", "SELECT id, customer_id FROM sale WHERE amount > 5");
      String asked = "SELECT id FROM sale WHERE amount > 5 AND customer_id = 1";
      assertThat(preview(database, "--query", asked).out()).doesNotContain("finding");
      CommandRun made = command("run", "--once", "-f", file.toString(), "--pg", url(database));
      assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCodes.OK);

      CommandRun whole = preview(database, "--query", asked);
      assertThat(whole.exitCode()).as(whole.err()).isEqualTo(ExitCodes.OK);
      assertThat(whole.err()).isEmpty();
      assertThat(whole.out())
          .contains("finding: this query can be answered from stream table public.big")
          .containsPattern("id +public.sale.id");
      assertThat(preview(database, "--query", "SELECT id FROM sale WHERE amount > 4").out())
          .doesNotContain("finding");
      CommandRun part =
          preview(
              database,
              "-o",
              "json",
              "--query",
              "SELECT c.region, s.id FROM sale s JOIN customer c ON c.id = s.customer_id WHERE"
                  + " s.amount > 5");
      JsonNode said = new ObjectMapper().readTree(part.out()).get(0);
      assertThat(said.get("findings").get(0).asText())
          .isEqualTo(
              "a part of this query, over public.sale, can be answered from stream table"
                  + " public.big");
      assertThat(said.get("lineage").get(0).get("column").asText()).isEqualTo("region");
      assertThat(said.get("lineage").get(0).get("origins").get(0).asText())
          .isEqualTo("public.customer.region");
      // What has the same name is not told that it is there already.
      assertThat(preview(database, "-f", file.toString()).out()).doesNotContain("finding");
    }
  }

  @Test
  void manifestsKnowOfEachOther() throws SQLException, IOException {
    try (TestDatabase database = shop()) {
      manifests(database, "joined", "SELECT a.id FROM sale a FULL JOIN sale b ON a.id > b.id");
      manifests(database, "pairs", "SELECT customer_id, id, count(*) AS n FROM sale GROUP BY 1, 2");
      manifests(database, "counts", "SELECT customer_id, count(*) AS n FROM sale GROUP BY 1");
      CommandRun run = preview(database, "-f", directory.toString());
      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines().filter(line -> line.contains("finding")))
          .containsExactly("  finding: this query can be answered from stream table public.pairs");
      // PostgreSQL itself cannot run it, which is no trouble with the connection.
      assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
      assertThat(run.out()).contains("public.joined: refused, Unsupported");
    }
  }

  @Test
  void aRegistryOfAnotherVersionIsNamed() throws SQLException, IOException {
    try (TestDatabase database = shop()) {
      Path file = manifests(database, "big", "SELECT id FROM sale WHERE amount > 5");
      CommandRun made = command("run", "--once", "-f", file.toString(), "--pg", url(database));
      assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCodes.OK);
      database.execute("DROP SCHEMA pgtrickle CASCADE", "CREATE SCHEMA pgtrickle");
      database.execute("CREATE TABLE pgtrickle.stream_table (id int)");
      database.execute("CREATE TABLE pgtrickle.storage_version (id int)");
      CommandRun run = preview(database, "--query", "SELECT id FROM sale WHERE amount > 5");
      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCodes.OK);
      assertThat(run.out())
          .contains(
              "finding: the stream tables of this database were not compared: another version");
    }
  }

  private static TestDatabase shop() throws SQLException {
    TestDatabase database = TestDatabase.create(TestServers.newest());
    database.execute(
        "CREATE TABLE customer (id int PRIMARY KEY, region text)",
        "CREATE TABLE sale (id int PRIMARY KEY, customer_id int, amount numeric(12,2))",
        "INSERT INTO customer SELECT n, 'r' || n % 3 FROM generate_series(1, 50) AS n",
        "INSERT INTO sale SELECT n, n % 50, n FROM generate_series(1, 90) AS n");
    return database;
  }

  private Path manifests(TestDatabase database, String name, String query) throws IOException {
    return Files.writeString(
        directory.resolve(name + ".yaml"),
        """
        apiVersion: pgtrickle.dev/v1alpha1
        kind: StreamTable
        metadata: {name: %s}
        spec:
          cluster: {name: pg}
          database: %s
          query: %s
          schedule: {manual: {}}
        """
            .formatted(name, database.name(), query));
  }

  private static CommandRun preview(TestDatabase database, String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "preview";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--pg";
    all[words.length + 2] = url(database);
    return command(all);
  }

  private static CommandRun command(String... words) {
    return CommandRun.of(new DirectEngines("test"), Map.of("PGUSER", "postgres"), words);
  }

  private static String url(TestDatabase database) {
    return database.jdbcUrl();
  }
}
