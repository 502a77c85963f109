package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.algebra.rewrite.Normalisation;
import dev.pgtrickle.engine.algebra.rewrite.Refinement;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random queries through both oracles; a failure prints its seed and a smaller query. */
class RandomQueriesOracleTest {
  private static final int IN_EVERY_BUILD = 2_000;
  private static final int ON_OLDER_VERSIONS = 150;
  private static final int LONG = 20_000;
  private static final int BATCH = 500;
  private static final long SEED = 20261121;

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void randomQueriesKeepTheirResults(PostgresVersion version) throws SQLException {
    run(version, SEED, version == TestServers.newest() ? IN_EVERY_BUILD : ON_OLDER_VERSIONS);
  }

  @Test
  @Tag("long")
  void manyRandomQueriesKeepTheirResults() throws SQLException {
    LongRun progress = LongRun.of("random-queries", SEED + 1_000_000, LONG);
    long next = progress.next();
    while (next < progress.end()) {
      int batch = (int) Math.min(BATCH, progress.end() - next);
      run(TestServers.newest(), next, batch);
      next += batch;
      progress.reached(next);
    }
    progress.finished();
  }

  private static void run(PostgresVersion version, long firstSeed, int count) throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(QueryGenerator.SCHEMA);
      try (CanonicalSession session = new CanonicalSession(database)) {
        int compared = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
          Choices choices = Choices.random(seed);
          String sql = new QueryGenerator(choices).query();
          Optional<String> canonical = session.canonicalOfUser(sql);
          if (canonical.isEmpty() || !session.runs(canonical.get())) {
            continue;
          }
          compared++;
          Optional<String> difference = difference(session, canonical.get());
          if (difference.isPresent()) {
            report(session, seed, choices.taken(), difference.get());
          }
        }
        assertThat(compared)
            .as("queries that PostgreSQL accepts and can run")
            .isGreaterThan(count * 8 / 10);
      }
    }
  }

  private static void report(
      CanonicalSession session, long seed, List<Integer> choices, String first) {
    List<Integer> smaller =
        new Shrinking(candidate -> differs(session, candidate).isPresent()).shrink(choices);
    fail(
        "seed %d%nshrunk to %s%n%s%nfirst was%n%s",
        seed,
        new QueryGenerator(Choices.repeated(smaller)).query(),
        differs(session, smaller).orElse("(nothing)"),
        first);
  }

  private static Optional<String> differs(CanonicalSession session, List<Integer> choices) {
    try {
      String sql = new QueryGenerator(Choices.repeated(choices)).query();
      Optional<String> canonical = session.canonicalOfUser(sql);
      return canonical.isPresent() && session.runs(canonical.get())
          ? difference(session, canonical.get())
          : Optional.empty();
    } catch (SQLException failure) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void refinedAnswersAreTheSameInAnyOrderOfRows(PostgresVersion version) throws SQLException {
    int count = version == TestServers.newest() ? 400 : 50;
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(QueryGenerator.SCHEMA);
      try (CanonicalSession session = new CanonicalSession(database)) {
        Map<Long, String> refined = new LinkedHashMap<>();
        Map<Long, String> answers = new LinkedHashMap<>();
        for (long seed = SEED + 5_000_000; seed < SEED + 5_000_000 + count; seed++) {
          String sql = new QueryGenerator(Choices.random(seed), Answers.SEVERAL).query();
          Optional<String> canonical = session.canonicalOfUser(sql);
          if (canonical.isPresent() && session.runs(canonical.get())) {
            String unique =
                new QueryUnparser()
                    .query(
                        new Refinement()
                            .apply(
                                TypedPlans.ofCanonical(
                                    session, canonical.get(), purpose(canonical.get()))));
            refined.put(seed, unique);
            answers.put(seed, rows(session, unique));
          }
        }
        database.execute(
            """
            UPDATE t0 SET i = i WHERE id % 2 = 0;
            UPDATE t1 SET i = i WHERE hashtext(t1::text) % 2 = 0;
            UPDATE t2 SET i = i WHERE hashtext(t2::text) % 3 = 0;
            """);
        session.execute("SET enable_hashagg = off; SET enable_hashjoin = off");
        session.connection().commit();
        List<String> different = new ArrayList<>();
        refined.forEach((seed, sql) -> {
          if (!rows(session, sql).equals(answers.get(seed))) {
            different.add("seed " + seed + "\n" + sql);
          }
        });
        assertThat(different).isEmpty();
        assertThat(refined).hasSizeGreaterThan(count / 2);
      }
    }
  }

  private static String rows(CanonicalSession session, String sql) {
    try {
      session.execute("SET LOCAL search_path = public");
      return RoundTrip.rows(session, sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage() + "\n" + sql, failure);
    } finally {
      session.rollback();
    }
  }

  /** One in so many is refined as well, which takes a trip for the types of each operator. */
  private static boolean alsoRefined(String canonical) {
    return Math.floorMod(canonical.hashCode(), 4) == 0;
  }

  /** One half as deltas need it, one half as a full refresh runs it. */
  private static Normalisation purpose(String canonical) {
    return Math.floorMod(canonical.hashCode(), 8) < 4
        ? new Normalisation()
        : Normalisation.leavingQueriesInExpressions();
  }

  private static Optional<String> difference(CanonicalSession session, String canonical) {
    return FixpointTest.difference(session, "random", canonical)
        .or(() -> new RoundTrip(session).difference(canonical, RoundTrip.Compared.ROWS))
        .or(() ->
            new RoundTrip(session, new Normalisation()::apply)
                .difference(canonical, RoundTrip.Compared.ROWS)
                .map(difference -> "normalised: " + difference))
        .or(() ->
            alsoRefined(canonical)
                ? new RoundTrip(
                        session,
                        plan ->
                            new Refinement()
                                .apply(TypedPlans.of(session, plan, purpose(canonical))))
                    .difference(canonical, RoundTrip.Compared.ROWS)
                    .map(difference -> "refined: " + difference)
                : Optional.empty());
  }
}
