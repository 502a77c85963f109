package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked and whatever changes, the storage is the query's result, by image. */
class RandomQueriesTest {
  private static final int QUERIES = 14;
  private static final int BATCHES = 12;
  private static final int LONG_ROUNDS = 60;

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void storageEqualsQueryAfterEveryBatch(PostgresVersion version) throws SQLException {
    compare(version, version.major() * 1000L);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void storageEqualsQueryAfterEveryBatchForHours(PostgresVersion version) throws SQLException {
    for (int round = 1; round <= LONG_ROUNDS; round++) {
      compare(version, version.major() * 1000L + round);
    }
  }

  private static void compare(PostgresVersion version, long seed) throws SQLException {
    RandomRun run = new RandomRun(version, seed, MaintenanceRules.standard(new WindowPredicate()));
    assertThat(run.firstDifference(RandomQueriesTest::queries, BATCHES)).isEmpty();
  }

  private static List<String> queries(RandomWorkload workload) {
    return Stream.generate(workload::query).limit(QUERIES).toList();
  }
}
