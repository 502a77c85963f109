package dev.pgtrickle.cli.demo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.binding.manifest.ManifestReader;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.engine.verify.VerificationResult.Verdict;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageComparisonTest {

  @Test
  void rowsAreComparedByImageAndCountedAsOftenAsTheyAreThere() throws Exception {
    try (TestDatabase database = TestDatabase.create(TestServers.newest())) {
      database.execute(
          "CREATE TABLE source (i int, amount numeric)",
          "INSERT INTO source VALUES (1, 1.0), (1, 1.0), (2, NULL)",
          "CREATE TABLE copy AS TABLE source");
      ImageComparison comparison =
          new ImageComparison(new ConnectionTarget(database.jdbcUrl(), database.user(), ""));
      assertThat(comparison.compare(definition())).isEqualTo(result(Verdict.EXACT, 3, 0, 0));

      database.execute("DELETE FROM copy WHERE ctid = (SELECT min(ctid) FROM copy)");
      assertThat(comparison.compare(definition())).isEqualTo(result(Verdict.DIFFERENT, 2, 1, 0));

      // Equal as numbers, not as what a reader sees.
      database.execute("UPDATE copy SET amount = 1.00 WHERE i = 1");
      assertThat(comparison.compare(definition())).isEqualTo(result(Verdict.DIFFERENT, 2, 2, 1));

      database.execute("TRUNCATE copy");
      assertThat(comparison.compare(definition())).isEqualTo(result(Verdict.DIFFERENT, 0, 3, 0));
    }
  }

  private static VerificationResult result(Verdict verdict, long rows, long missing, long surplus) {
    return new VerificationResult(
        definition().relation(), verdict, rows, missing, surplus, List.of());
  }

  private static StreamTableDefinition definition() {
    return new ManifestReader()
        .parse(
            "test",
            """
            apiVersion: pgtrickle.dev/v1alpha1
            kind: StreamTable
            metadata: {name: copy}
            spec:
              cluster: {name: pg}
              database: app
              query: SELECT i, amount FROM source
            """)
        .tables()
        .getFirst()
        .table()
        .definition();
  }
}
