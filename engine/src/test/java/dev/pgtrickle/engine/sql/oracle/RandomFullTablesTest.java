package dev.pgtrickle.engine.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.Limits;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.definition.Wake;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.EngineOptions;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableEngines;
import dev.pgtrickle.engine.verify.VerificationResult.Verdict;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random queries as stream tables, over tables that change at random: equal by image, always. */
class RandomFullTablesTest {
  private static final long SEED = 20261122;
  private static final int BATCHES = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** New values that look the same whenever they are equal, as those of the generator do. */
  private static final List<String> CHANGES =
      List.of(
          "INSERT INTO %1$s (id, i, s, n, d) SELECT g + %2$d, NULLIF(g %% 3, 0), 'x1', 2.25, date '2024-01-02'"
              + " FROM generate_series(1, 3) AS g",
          "UPDATE %1$s SET i = i + 1, b = NOT b WHERE id %% 3 = %2$d %% 3",
          "UPDATE %1$s SET s = 'x' || %2$d %% 4, m = 'ok', a = ARRAY[%2$d] WHERE i = %2$d %% 5",
          "UPDATE %1$s SET s = NULL, d = d + 1, f = f + 0.5, ts = ts + interval '30 min' WHERE id %% 4 = 1",
          "UPDATE %1$s SET j = jsonb_build_object('k', %2$d %% 3), c = 'c1' WHERE i IS NULL OR id = 5",
          "UPDATE %1$s SET n = 1.50 WHERE n > 1 AND id %% 2 = 0",
          "DELETE FROM %1$s WHERE id %% 7 = %2$d %% 7");

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void randomQueriesAreKept(PostgresVersion version) throws SQLException {
    run(version, SEED, version == TestServers.newest() ? 30 : 8, RefreshMode.FULL);
  }

  @ParameterizedTest
  @MethodSource("dev.pgtrickle.testbed.postgres.TestServers#versions")
  void randomQueriesAreFollowed(PostgresVersion version) throws SQLException {
    run(
        version,
        Long.getLong("pgtrickle.random.seed", SEED),
        Integer.getInteger("pgtrickle.random.queries", version == TestServers.newest() ? 60 : 8),
        RefreshMode.AUTO);
  }

  @Test
  @Tag("long")
  void manyRandomQueriesAreKept() throws SQLException {
    for (int part = 0; part < 10; part++) {
      run(TestServers.newest(), SEED + 1_000_000 + part * 100L, 100, RefreshMode.AUTO);
    }
  }

  private record Kept(long seed, QualifiedName relation, String query) {}

  private static void run(PostgresVersion version, long firstSeed, int count, RefreshMode mode)
      throws SQLException {
    try (TestDatabase database = TestDatabase.create(version)) {
      database.execute(QueryGenerator.SCHEMA);
      ConnectionTarget target = new ConnectionTarget(database.jdbcUrl(), database.user(), "");
      EngineOptions options =
          new EngineOptions("random", "random", 2, Duration.ofMillis(100), Duration.ofMillis(200));
      try (StreamTableEngine engine = StreamTableEngines.open(target, options, event -> {})) {
        List<Kept> kept = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
          create(engine, database, seed, mode).ifPresent(kept::add);
        }
        assertThat(kept.size()).as("tables").isGreaterThan(count / 2);
        Random random = new Random(firstSeed);
        for (int batch = 0; batch < BATCHES; batch++) {
          List<String> changes = new ArrayList<>();
          for (int change = 0; change < 3; change++) {
            changes.add(
                CHANGES
                    .get(random.nextInt(CHANGES.size()))
                    .formatted(
                        "t" + random.nextInt(3), 1000 * (batch + 1) + 10 * random.nextInt(90)));
          }
          for (String change : changes) {
            tryChange(database, change);
          }
          for (Kept table : kept) {
            compare(engine, database, table, changes);
          }
        }
      }
    }
  }

  /** A change of keys that are taken is no change. */
  private static void tryChange(TestDatabase database, String change) {
    try {
      database.execute(change);
    } catch (SQLException refused) {
      assertThat(refused.getSQLState()).as(change).isIn("23505", "22003");
    }
  }

  private static Optional<Kept> create(
      StreamTableEngine engine, TestDatabase database, long seed, RefreshMode mode) {
    String query = new QueryGenerator(Choices.random(seed)).query();
    if (!runs(database, query)) {
      return Optional.empty();
    }
    QualifiedName relation = QualifiedName.of("public", "kept_" + seed);
    StreamTableDefinition definition =
        new StreamTableDefinition(
            relation,
            query,
            mode,
            Fallback.ALLOW,
            new Schedule.Manual(),
            Wake.AUTO,
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Limits.defaults(),
            StreamTableDefinition.Activity.ACTIVE,
            new Origin("test", relation.name().name(), "uid-" + seed));
    try {
      engine.apply(definition);
    } catch (TrickleException refused) {
      assertThat(refused.code())
          .as("seed %d: %s%n%s", seed, query, refused.oneLine())
          .isIn(ErrorCode.UNSUPPORTED, ErrorCode.PARSE_ERROR);
      return Optional.empty();
    }
    engine.await(relation, PATIENCE);
    return Optional.of(new Kept(seed, relation, query));
  }

  private static boolean runs(TestDatabase database, String query) {
    try {
      database.queryLong("SELECT count((q.*)::text) FROM (" + query + ") AS q");
      return true;
    } catch (SQLException failure) {
      return false;
    }
  }

  private static void compare(
      StreamTableEngine engine, TestDatabase database, Kept table, List<String> changes)
      throws SQLException {
    if (!runs(database, table.query())) {
      // The data make it fail, whoever runs it.
      return;
    }
    engine.refresh(table.relation(), Optional.empty(), PATIENCE);
    String place =
        "seed %d%n%s%nafter %s".formatted(table.seed(), table.query(), String.join(";\n", changes));
    assertThat(differences(database, table)).as(place).isZero();
    assertThat(engine.verify(table.relation()).verdict()).as(place).isEqualTo(Verdict.EXACT);
  }

  private static long differences(TestDatabase database, Kept table) throws SQLException {
    return database.queryLong(
        """
        SELECT coalesce(sum(abs(weight)), 0) FROM (
          SELECT sum(side) AS weight FROM (
            SELECT record_send(s) AS image, 1 AS side FROM (SELECT * FROM %s) AS s
            UNION ALL
            SELECT record_send(q), -1 FROM (%s) AS q
          ) AS signed GROUP BY image HAVING sum(side) <> 0
        ) AS difference\
        """
            .formatted(table.relation().quoted(), table.query()));
  }
}
