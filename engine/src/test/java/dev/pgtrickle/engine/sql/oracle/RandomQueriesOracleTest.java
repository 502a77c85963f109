package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.pgtrickle.engine.algebra.rewrite.Normalisation;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.util.List;
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
  private static final long SEED = 20261121;

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void randomQueriesKeepTheirResults(PostgresVersion version) throws SQLException {
    run(version, SEED, version == TestServers.newest() ? IN_EVERY_BUILD : ON_OLDER_VERSIONS);
  }

  @Test
  @Tag("long")
  void manyRandomQueriesKeepTheirResults() throws SQLException {
    run(TestServers.newest(), SEED + 1_000_000, LONG);
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

  private static Optional<String> difference(CanonicalSession session, String canonical) {
    return FixpointTest.difference(session, "random", canonical)
        .or(() -> new RoundTrip(session).difference(canonical, RoundTrip.Compared.ROWS))
        .or(() ->
            new RoundTrip(session, new Normalisation()::apply)
                .difference(canonical, RoundTrip.Compared.ROWS)
                .map(difference -> "normalised: " + difference));
  }
}
