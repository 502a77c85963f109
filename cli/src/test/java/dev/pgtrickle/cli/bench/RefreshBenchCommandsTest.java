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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The benchmarks of refreshes in their smallest form: that they measure, not what. */
class RefreshBenchCommandsTest {
  private static final ServerVariant WATCHED =
      ServerVariant.WITHOUT_PREPARED_TRANSACTIONS
          .with("shared_preload_libraries", "pg_stat_statements")
          .with("track_commit_timestamp", "on");

  @Test
  void deltaMeasuresEveryWayOverTheSameChanges() throws Exception {
    try (TestDatabase database = database(WATCHED)) {
      JsonNode report =
          run(
              database,
              List.of(
                  "delta",
                  "--rows=6000,8000",
                  "--rates=0.1,10",
                  "--rounds=1",
                  "--shapes=filter,three-way"));
      assertThat(report.path("benchmark").asText()).isEqualTo("delta");
      assertThat(report.path("figures").findValuesAsText("measure").stream().distinct())
          .containsExactly(
              "filter, 6,000 rows, 0.10 %",
              "filter, 6,000 rows, 10 %",
              "three-way, 6,000 rows, 0.10 %",
              "three-way, 6,000 rows, 10 %",
              "three-way, 6,000 rows, 0.10 %, default parallelism",
              "three-way, 6,000 rows, 10 %, default parallelism",
              "three-way, 8,000 rows, 0.10 %",
              "three-way, 8,000 rows, 10 %",
              "three-way, 8,000 rows, 0.10 %, default parallelism",
              "three-way, 8,000 rows, 10 %, default parallelism");
      assertThat(report.path("figures").findValuesAsText("variant").stream().distinct())
          .containsExactly(
              "delta", "hand-written", "full by difference", "REFRESH", "REFRESH CONCURRENTLY");
      assertThat(report.path("limits").findValuesAsText("sense"))
          .containsExactly("atMost", "atMost", "atLeast", "atLeast", "atLeast", "atLeast");
      assertThat(report.path("limits").findValuesAsText("bound"))
          .containsExactly("1.3", "1.3", "40.0", "2.0", "40.0", "2.0");
      assertThat(report.path("setting").path("times").asText())
          .isEqualTo("the transaction, from its beginning up to its commit");
      assertEmpty(database);
    }
  }

  @Test
  void tpchMeasuresEveryQuestion() throws Exception {
    try (TestDatabase database = database(ServerVariant.WITHOUT_PREPARED_TRANSACTIONS)) {
      JsonNode report =
          run(database, List.of("tpch", "--scale=0.001", "--percent=1", "--rounds=1"));
      assertThat(report.path("figures").findValuesAsText("measure").stream().distinct())
          .hasSize(22)
          .contains("q06, differential");
      assertThat(report.path("figures").findValuesAsText("variant").stream().distinct())
          .containsExactly("engine", "REFRESH");
      assertThat(report.path("setting").path("times").asText())
          .contains("track_commit_timestamp is off");
      assertEmpty(database);
    }
  }

  @Test
  void growthCountsBlocksAndTimeOfEverySize() throws Exception {
    try (TestDatabase database = database(WATCHED)) {
      database.executeAsSuperuser("CREATE EXTENSION pg_stat_statements");
      JsonNode report =
          run(
              database,
              List.of(
                  "growth",
                  "--factors=1,2",
                  "--rounds=1",
                  "--scale=0.005",
                  "--questions=q02,q05,q06"));
      assertThat(report.path("figures").findValuesAsText("variant").stream().distinct())
          .containsExactly("base x1", "base x2");
      assertThat(report.path("figures").findValuesAsText("measure"))
          .contains("q05 blocks", "q05 time", "q06 blocks", "q06 time");
      assertThat(report.path("setting").path("q02").asText())
          .startsWith("left out, it is kept in full: ");
      assertThat(report.path("figures").findValues("median"))
          .allSatisfy(value -> assertThat(value.asDouble()).isPositive());
      assertThat(report.path("limits")).as("nothing is promised of twice the size").isEmpty();
      assertEmpty(database);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delta --rows=5|--rows is at least 6000",
        "delta --rates=0|--rates are above 0",
        "tpch --scale=0.0001|a scale factor is at least 0.001",
        "tpch --percent=50|--percent is above 0",
        "growth --scale=0.001|--scale is at least 0.005",
        "growth --factors=1,1|each another one",
        "growth --questions=q01,q23|there is no [q23]"
      })
  void whatCannotBeMeasuredIsRefused(String words, String message) {
    CommandRun run =
        CommandRun.of(new DirectEngines("test"), Map.of(), ("bench " + words).split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).contains(message);
  }

  private static TestDatabase database(ServerVariant variant) throws Exception {
    return TestDatabase.create(PostgresVersion.ofMajor(18), variant);
  }

  private static JsonNode run(TestDatabase database, List<String> words) throws Exception {
    List<String> all = new ArrayList<>(List.of("bench"));
    all.addAll(words);
    all.addAll(List.of("--pg", database.jdbcUrl(), "-o", "json"));
    CommandRun run = CommandRun.of(new DirectEngines("test"), Map.of(), all.toArray(String[]::new));
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
