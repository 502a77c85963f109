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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What preview says, how it ends, and that it leaves nothing behind. */
class PreviewCommandTest {
  private static TestDatabase database;

  @BeforeAll
  static void create() throws SQLException {
    database = TestDatabase.create(TestServers.newest());
    database.execute(
        "CREATE TABLE customer (id int PRIMARY KEY, region text)",
        "CREATE TABLE sale (id int PRIMARY KEY, customer_id int, amount numeric(12,2))",
        "INSERT INTO sale SELECT n, n, n FROM generate_series(1, 5000) AS n",
        "INSERT INTO customer SELECT n, 'r' || n % 3 FROM generate_series(1, 5000) AS n",
        "ANALYZE sale",
        "ANALYZE customer");
  }

  @AfterAll
  static void drop() throws SQLException {
    database.close();
  }

  @Test
  void aDifferentialQueryEndsWithZero() {
    CommandRun run =
        preview("--query", "SELECT customer_id, sum(amount) AS total FROM sale GROUP BY 1");
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .startsWith("public.preview: Differential (algebraic), counts and sums follow signed rows")
        .contains("keys: (customer_id)")
        .containsPattern("public.sale +statement triggers +customer_id, amount")
        .containsPattern("aggregate +Differential +algebraic")
        .doesNotContain("warning");
  }

  @Test
  void aJoinThatIsFollowedSaysWhatItReadsAgain() {
    CommandRun run =
        preview(
            "--query",
            "SELECT c.id, max(s.amount) AS most FROM sale s JOIN customer c ON c.id ="
                + " s.customer_id GROUP BY c.id");
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .startsWith(
            "public.preview: Differential (extremum), follows signed rows; a least or greatest value that leaves"
                + " is read again")
        .containsPattern("an inner join +Differential +bilinear +changed rows meet the other side")
        .contains(
            "warning: no index by which a join looks for rows: CREATE INDEX CONCURRENTLY ON \"public\".\"sale\" (\"customer_id\")");
  }

  @Test
  void valuesAreKeptWhereNoIndexLeadsToTheGroups() {
    CommandRun run =
        preview("--query", "SELECT region, max(id) AS last FROM customer GROUP BY region");
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(run.out())
        .startsWith("public.preview: Differential (algebraic)")
        .containsPattern("aggregate +Differential +counted +each value is kept with its count");
  }

  @Test
  void aQueryForFullRefreshesEndsWithThree() {
    CommandRun run =
        preview(
            "--query",
            "SELECT c.region, max(s.amount) AS most FROM sale s JOIN customer c ON c.id ="
                + " s.customer_id GROUP BY c.region ORDER BY 2 LIMIT 2");
    assertThat(run.exitCode()).isEqualTo(ExitCodes.DIFFERENT);
    assertThat(run.out())
        .startsWith("public.preview: Full (bounded-rescan), no delta rule for LIMIT or OFFSET")
        .contains("keys: (region)")
        .containsPattern("join +Full +bilinear +changed rows meet the other side")
        .contains(
            "warning: no index by which a join looks for rows: CREATE INDEX CONCURRENTLY ON \"public\".\"sale\" (\"customer_id\")")
        .contains("warning: aggregate: rows beside the changed ones are read again")
        .containsPattern("warning: about 3 groups over about 5000 rows");
  }

  @Test
  void aRefusedQueryEndsWithOneAndShowsThePlace() {
    CommandRun run = preview("--query", "SELECT id,\n  random() AS r\nFROM sale");
    assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(run.outLines())
        .startsWith(
            "public.preview: refused, VolatileFunction: function random is volatile: the query has"
                + " no result that could be kept (line 2, column 3)",
            "    random() AS r",
            "    ^");
    assertThat(run.out()).contains("  remedy: ");
  }

  @Test
  void jsonAndYamlHaveStableNames() throws IOException {
    CommandRun run =
        preview("--query", "SELECT count(*) AS n FROM sale", "--sql", "--output", "json");
    JsonNode first = new ObjectMapper().readTree(run.out()).get(0);
    assertThat(first.get("outcome").asText()).isEqualTo("Differential");
    assertThat(first.get("mode").asText()).isEqualTo("Differential");
    assertThat(first.get("class").asText()).isEqualTo("algebraic");
    assertThat(first.get("sources").get(0).get("name").asText()).isEqualTo("public.sale");
    assertThat(first.get("operators").get(0).get("class").asText()).isEqualTo("linear");
    assertThat(first.get("keys").get(0)).isEmpty();
    assertThat(first.get("statements").get(0).get("sql").asText()).startsWith("CREATE TABLE");
    assertThat(first.get("problem")).isNull();
    CommandRun refused = preview("--query", "SELECT nope FROM sale", "-o", "yaml");
    assertThat(refused.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(refused.out())
        .contains("outcome: Refused", "code: ParseError", "where: \"line 1, column 8\"");
  }

  @Test
  void theDatabaseIsAsItWas() throws SQLException {
    String objects = "SELECT count(*) FROM pg_class";
    long before = database.queryLong(objects);
    preview("--query", "SELECT id FROM sale", "--sql");
    preview("--query", "SELECT c.id FROM sale JOIN customer c USING (id)", "--sql");
    assertThat(database.queryLong(objects)).isEqualTo(before);
    assertThat(database.queryLong("SELECT count(*) FROM pg_namespace WHERE nspname ~ 'pgtrickle'"))
        .isZero();
  }

  @Test
  void tablesComeFromAFile(@TempDir Path directory) throws IOException {
    Path ddl =
        Files.writeString(
            directory.resolve("tables.sql"),
            "CREATE TABLE thing (id int PRIMARY KEY, size int);\nCREATE VIEW things AS SELECT id FROM"
                + " thing;");
    CommandRun run =
        CommandRun.of(
            new DirectEngines("test"),
            Map.of(),
            "preview",
            "--query",
            "SELECT id FROM things",
            "--ddl",
            ddl.toString());
    assertThat(run.out()).as(run.err()).startsWith("public.preview: Differential (linear)");
    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    Files.writeString(ddl, "CREATE TABEL thing (id int)");
    CommandRun wrong =
        CommandRun.of(
            new DirectEngines("test"),
            Map.of(),
            "preview",
            "--query",
            "SELECT id FROM thing",
            "--ddl",
            ddl.toString());
    assertThat(wrong.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(wrong.err()).contains("PostgreSQL refuses it", "tables.sql");
  }

  @Test
  void manifestsAreReadAsRunReadsThem() {
    CommandRun run =
        CommandRun.of(
            new DirectEngines("test"),
            Map.of(),
            "preview",
            "-f",
            Path.of("..", "examples", "stream-tables.yaml").toString());
    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("Differential").doesNotContain("refused");
  }

  @Test
  void whatTheManifestAsksForCounts(@TempDir Path directory) throws IOException {
    String manifest =
        """
        apiVersion: pgtrickle.dev/v1alpha1
        kind: StreamTable
        metadata: {name: first, namespace: shop}
        spec:
          cluster: {name: main}
          database: %s
          query: SELECT id FROM sale ORDER BY id LIMIT 5
          refresh: {mode: %s}
        """;
    Path file = directory.resolve("first.yaml");
    String name = database.name();
    Files.writeString(file, manifest.formatted(name, "Differential"));
    CommandRun refused = previewFile(file);
    assertThat(refused.exitCode()).isEqualTo(ExitCodes.FAILED);
    assertThat(refused.out())
        .contains(
            "public.first: refused, Unsupported: LIMIT or OFFSET is not maintained incrementally");
    Files.writeString(file, manifest.formatted(name, "Auto"));
    assertThat(previewFile(file).exitCode()).isEqualTo(ExitCodes.DIFFERENT);
  }

  private static CommandRun previewFile(Path file) {
    return preview("-f", file.toString());
  }

  private static CommandRun preview(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "preview";
    all[1] = "--pg";
    all[2] = database.jdbcUrl();
    System.arraycopy(words, 0, all, 3, words.length);
    return CommandRun.of(new DirectEngines("test"), Map.of("PGUSER", database.user()), all);
  }
}
