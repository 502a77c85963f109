package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** One random table with random changes under several queries, all of them compared every time. */
final class RandomRun {
  private final PostgresVersion version;
  private final long seed;
  private final MaintenanceRules rules;
  private final Random random;
  private final RandomWorkload workload;
  private final List<String> log = new ArrayList<>();

  RandomRun(PostgresVersion version, long seed, MaintenanceRules rules) {
    this.version = version;
    this.seed = seed;
    this.rules = rules;
    this.random = new Random(seed);
    this.workload = new RandomWorkload(random);
  }

  /** The first difference, with all that is needed to repeat it; empty when there is none. */
  Optional<String> firstDifference(Function<RandomWorkload, List<String>> queriesOf, int batches)
      throws SQLException {
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
        for (String query : queriesOf.apply(workload)) {
          queries.add(create(connection, source, query, queries.size()));
        }
        return compareAfterEveryBatch(connection, queries, batches);
      }
    }
  }

  private Optional<String> compareAfterEveryBatch(
      Connection connection, List<MaintainedQuery> queries, int batches) throws SQLException {
    for (int batch = 0; batch < batches; batch++) {
      for (String statement : workload.batch()) {
        log.add(statement);
        try (var change = connection.createStatement()) {
          change.execute(statement);
        }
      }
      for (MaintainedQuery query : queries) {
        Optional<String> difference = refresh(query);
        if (difference.isPresent()) {
          return difference;
        }
      }
    }
    return Optional.empty();
  }

  private MaintainedQuery create(
      Connection connection, CapturedTable source, String query, int index) {
    try {
      return MaintainedQuery.create(
          connection, source, query, "storage_" + index, new StatementPlanner(rules));
    } catch (SQLException | RuntimeException failure) {
      throw new AssertionError("seed " + seed + ": " + query, failure);
    }
  }

  private Optional<String> refresh(MaintainedQuery query) {
    int mode = random.nextInt(8);
    try {
      switch (mode) {
        case 0 -> query.refreshFully();
        case 1, 2 -> query.refreshLarge();
        case 3 -> {
          // Not now: the next one sees two batches at once.
          return Optional.empty();
        }
        default -> query.refreshSmall();
      }
      String differences = query.differences();
      return differences.equals("0")
          ? Optional.empty()
          : Optional.of(report(query, mode, differences));
    } catch (SQLException failure) {
      return Optional.of(report(query, mode, failure.toString()));
    }
  }

  private String report(MaintainedQuery query, int mode, String what) {
    return "seed %d, mode %d: %s%n  %s%n%s"
        .formatted(seed, mode, what, query.describe(), String.join(";\n", log));
  }
}
