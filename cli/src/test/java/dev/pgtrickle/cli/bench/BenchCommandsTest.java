package dev.pgtrickle.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgtrickle.cli.CommandRun;
import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.DirectEngines;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.ServerVariant;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The benchmarks in miniature: what they measure here means nothing, but that they do does. */
class BenchCommandsTest {

  @Test
  void latencyMeasuresBothSidesAndLeavesTheDatabaseAsItWas() throws Exception {
    try (TestDatabase database = database()) {
      JsonNode report =
          run(database, "bench", "latency", "--rows", "2000", "--rounds", "1", "--seconds", "1");
      assertThat(report.path("benchmark").asText()).isEqualTo("latency");
      assertThat(report.path("figures").findValuesAsText("variant"))
          .containsExactly("hand-written", "hand-written", "engine", "engine");
      assertThat(report.path("limits").findValuesAsText("bound"))
          .containsExactly("1.5", "2.5", "8.0", "30.0");
      assertEmpty(database);
    }
  }

  @Test
  void writerMeasuresEveryVariantAndLeavesTheDatabaseAsItWas() throws Exception {
    try (TestDatabase database = database()) {
      JsonNode report = run(database, "bench", "writer", "--rows", "400", "--rounds", "1");
      assertThat(report.path("figures").findValuesAsText("variant").stream().distinct())
          .containsExactly("no capture", "capture", "capture, notify");
      assertThat(report.path("limits")).hasSize(7);
      assertEmpty(database);
    }
  }

  @Test
  void aDatabaseWithStreamTablesIsNotTouched() throws Exception {
    try (TestDatabase database = database()) {
      database.execute("CREATE SCHEMA pgtrickle");
      CommandRun run =
          CommandRun.of(
              new DirectEngines("test"), Map.of(), "bench", "writer", "--pg", database.jdbcUrl());
      assertThat(run.exitCode()).isEqualTo(ExitCodes.FAILED);
      assertThat(run.err()).startsWith("Conflict: ").contains("name an empty database");
    }
  }

  private static TestDatabase database() throws Exception {
    return TestDatabase.create(
        PostgresVersion.ofMajor(18), ServerVariant.WITHOUT_PREPARED_TRANSACTIONS);
  }

  private static JsonNode run(TestDatabase database, String... words) throws Exception {
    String[] all = new String[words.length + 4];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--pg";
    all[words.length + 1] = database.jdbcUrl();
    all[words.length + 2] = "-o";
    all[words.length + 3] = "json";
    CommandRun run = CommandRun.of(new DirectEngines("test"), Map.of(), all);
    assertThat(run.exitCode()).as(run.err()).isIn(ExitCodes.OK, ExitCodes.DIFFERENT);
    return new ObjectMapper().readTree(run.out());
  }

  private static void assertEmpty(TestDatabase database) throws Exception {
    assertThat(
            database.queryLong(
                "SELECT count(*) FROM pg_namespace"
                    + " WHERE nspname LIKE 'pgtrickle%' OR nspname LIKE 'trickle%'"))
        .isZero();
  }
}
