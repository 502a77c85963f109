package dev.pgtrickle.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.WindowPredicate;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked and whatever changes, the storage is the query's result, by image. */
class RandomQueriesTest {
  private static final int ROUNDS = Integer.getInteger("random.rounds", 3);
  private static final int QUERIES = 14;
  private static final int BATCHES = 12;

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void storageEqualsQueryAfterEveryBatch(PostgresVersion version) throws SQLException {
    for (int round = 0; round < ROUNDS; round++) {
      long seed = Long.getLong("random.seed", version.major() * 1000L + round);
      assertThat(run(version, seed, MaintenanceRules.standard(new WindowPredicate()))).isEmpty();
    }
  }

  /**
   * Runs a random workload and gives the first difference, with all that is needed to repeat it.
   */
  static Optional<String> run(PostgresVersion version, long seed, MaintenanceRules rules)
      throws SQLException {
    Random random = new Random(seed);
    RandomWorkload workload = new RandomWorkload(random);
    StatementPlanner planner = new StatementPlanner(rules);
    try (TestDatabase database = TestDatabase.create(version)) {
      Sessions.installSchemas(database);
      try (Connection connection = Sessions.pinned(database)) {
        SqlSession session = new SqlSession(connection);
        for (String statement : workload.createTable()) {
          session.execute(statement);
        }
        session.execute(workload.insert(5));
        CapturedTable source =
            CapturedTable.capture(connection, QualifiedName.of("public", "Some \"table"), 7);
        List<MaintainedQuery> queries = new ArrayList<>();
        for (int index = 0; index < QUERIES; index++) {
          queries.add(create(connection, source, workload.query(), index, planner, seed));
        }
        List<String> log = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
          for (String statement : workload.batch()) {
            log.add(statement);
            try (var change = connection.createStatement()) {
              change.execute(statement);
            }
          }
          for (MaintainedQuery query : queries) {
            Optional<String> difference = refresh(query, random, seed, log);
            if (difference.isPresent()) {
              return difference;
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private static MaintainedQuery create(
      Connection connection,
      CapturedTable source,
      String query,
      int index,
      StatementPlanner planner,
      long seed) {
    try {
      return MaintainedQuery.create(connection, source, query, "storage_" + index, planner);
    } catch (SQLException | RuntimeException failure) {
      throw new AssertionError("seed " + seed + ": " + query, failure);
    }
  }

  private static Optional<String> refresh(
      MaintainedQuery query, Random random, long seed, List<String> log) {
    int mode = random.nextInt(4);
    try {
      switch (mode) {
        case 0 -> query.refreshLarge();
        case 1 -> {
          if (random.nextInt(3) == 0) {
            query.refreshFully();
          } else {
            // Two batches at once, next time.
            return Optional.empty();
          }
        }
        default -> query.refreshSmall();
      }
      String differences = query.differences();
      return differences.equals("0")
          ? Optional.empty()
          : Optional.of(report(query, mode, seed, log, differences));
    } catch (SQLException failure) {
      return Optional.of(report(query, mode, seed, log, failure.toString()));
    }
  }

  private static String report(
      MaintainedQuery query, int mode, long seed, List<String> log, String what) {
    return "seed %d, mode %d: %s%n  %s%n%s"
        .formatted(seed, mode, what, query.describe(), String.join(";\n", log));
  }
}
