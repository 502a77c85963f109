package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.verify.VerificationResult.Verdict;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Stream tables over the sources of {@link RandomChanges}, kept by the engine under random changes
 * of all of them and compared by image after every refresh.
 */
final class DifferentialRun {
  private static final int BATCHES = Integer.getInteger("pgtrickle.differential.batches", 10);

  /**
   * The statements are the same on all of them; only the oldest applies its difference otherwise.
   */
  private static final int BATCHES_BETWEEN = (BATCHES + 1) / 2;

  private static final long SEED = Long.getLong("pgtrickle.differential.seed", 20261121L);

  private DifferentialRun() {}

  /** Each table equals its query. */
  static void keeps(PostgresVersion version, Map<String, String> queries) throws Exception {
    keeps(version, queries, 0);
  }

  /**
   * The same, where the tables need others beside them.
   *
   * @param question counts those
   */
  static void keeps(
      PostgresVersion version, Map<String, String> queries, String question, long answer)
      throws Exception {
    run(
        version,
        queries,
        SEED,
        (fixture, query) -> {
          assertThat(fixture.database.queryLong(question)).isEqualTo(answer);
          return fixture.differences(query.getKey(), query.getValue()) == 0;
        });
  }

  /** The same with other changes. */
  static void keeps(PostgresVersion version, Map<String, String> queries, long seed)
      throws Exception {
    run(
        version,
        queries,
        SEED + seed,
        (fixture, query) -> fixture.differences(query.getKey(), query.getValue()) == 0);
  }

  /** Each table equals its query in its refined form (P10). */
  static void verified(PostgresVersion version, Map<String, String> queries) throws Exception {
    run(
        version,
        queries,
        SEED,
        (fixture, query) ->
            fixture.engine().verify(fixture.relation(query.getKey())).verdict() == Verdict.EXACT);
  }

  private interface Comparison {
    boolean isExact(EngineFixture fixture, Map.Entry<String, String> query) throws Exception;
  }

  private static void run(
      PostgresVersion version, Map<String, String> queries, long seed, Comparison comparison)
      throws Exception {
    try (EngineFixture fixture = new EngineFixture(version);
        Connection connection = fixture.database.connect()) {
      RandomChanges changes = new RandomChanges(seed);
      SqlSession session = new SqlSession(connection);
      session.execute(RandomChanges.SCHEMA);
      session.execute(changes.load().toArray(String[]::new));
      fixture.start();
      for (Map.Entry<String, String> query : queries.entrySet()) {
        StreamTableReport report = fixture.bring(fixture.manual(query.getKey(), query.getValue()));
        assertThat(report.mode())
            .as(query.getKey() + ": " + report.reason())
            .isEqualTo("Differential");
      }
      List<String> log = new ArrayList<>();
      for (int batch = 0; batch < batches(version); batch++) {
        List<String> statements = changes.batch();
        log.addAll(statements);
        session.execute(statements.toArray(String[]::new));
        for (Map.Entry<String, String> query : queries.entrySet()) {
          if (Math.floorMod(query.getKey().hashCode() + batch, 4) == 0) {
            // Not now: the next refresh sees several batches at once.
            continue;
          }
          fixture.refresh(query.getKey());
          assertThat(comparison.isExact(fixture, query))
              .as("%s, seed %d, after:%n%s", query, seed, String.join(";\n", log))
              .isTrue();
        }
      }
    }
  }

  private static int batches(PostgresVersion version) {
    List<PostgresVersion> all = TestServers.versions();
    boolean isAtAnEnd = version.equals(all.getFirst()) || version.equals(all.getLast());
    return isAtAnEnd ? BATCHES : BATCHES_BETWEEN;
  }
}
