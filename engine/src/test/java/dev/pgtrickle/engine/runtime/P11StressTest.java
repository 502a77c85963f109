package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P11 under writers: a chain and a diamond of stream tables, followed, asked for and compared. */
class P11StressTest {
  private static final long SEED = 20261123;
  private static final int ROUNDS = 4;
  private static final Duration ROUND = Duration.ofMillis(1500);
  private static final int WRITERS = 3;

  private static final String TOTALS =
      "SELECT branch, count(*) AS n, sum(amount) AS total FROM entry GROUP BY branch";
  private static final String NAMED =
      "SELECT t.branch, b.city, t.n, t.total FROM (%s) AS t JOIN branch b ON b.id = t.branch";
  private static final String SHARES =
      "SELECT e.id, e.branch, e.amount, t.total, t.n FROM entry e JOIN (%s) AS t ON t.branch = e.branch";
  private static final String CITIES =
      "SELECT city, sum(total) AS total, sum(n) AS n, count(*) AS branches FROM (%s) AS t GROUP BY city";
  private static final String BOTH =
      "SELECT s.id, s.total, c.city, c.total AS of_city FROM (%s) AS s JOIN branch b ON b.id = s.branch JOIN (%s)"
          + " AS c ON c.city = b.city";

  /** The tables with their queries: over one another, and over the tables alone. */
  private static Map<String, List<String>> tables() {
    String named = NAMED.formatted(TOTALS);
    String shares = SHARES.formatted(TOTALS);
    String cities = CITIES.formatted(named);
    Map<String, List<String>> tables = new LinkedHashMap<>();
    tables.put("totals", List.of(TOTALS, TOTALS));
    tables.put("named", List.of(NAMED.formatted("SELECT * FROM totals"), named));
    tables.put("shares", List.of(SHARES.formatted("SELECT * FROM totals"), shares));
    tables.put("cities", List.of(CITIES.formatted("SELECT * FROM named"), cities));
    tables.put(
        "both",
        List.of(
            BOTH.formatted("SELECT * FROM shares", "SELECT * FROM cities"),
            BOTH.formatted(shares, cities)));
    return tables;
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_graph_under_writers_equals_its_queries(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE branch (id int PRIMARY KEY, city int NOT NULL)",
          "INSERT INTO branch SELECT i, i % 4 FROM generate_series(0, 15) AS i",
          "CREATE INDEX ON branch (city)",
          "CREATE TABLE entry (id int PRIMARY KEY, branch int NOT NULL, amount int NOT NULL)",
          "CREATE INDEX ON entry (branch)",
          "INSERT INTO entry SELECT i, i % 16, i FROM generate_series(1, 200) AS i");
      fixture.start();
      Random random = new Random(SEED);
      for (Map.Entry<String, List<String>> table : tables().entrySet()) {
        Schedule schedule =
            random.nextBoolean()
                ? new Schedule.OnChange()
                : new Schedule.Every(Duration.ofSeconds(1));
        fixture.bring(
            fixture.definition(
                table.getKey(), table.getValue().getFirst(), schedule, RefreshMode.AUTO));
      }
      for (int round = 0; round < ROUNDS; round++) {
        underWriters(fixture, random.nextLong());
        for (Map.Entry<String, List<String>> table : tables().entrySet()) {
          fixture.refresh(table.getKey());
          fixture.assertExact(table.getKey(), table.getValue().getLast());
        }
      }
      assertThat(fixture.events)
          .noneMatch(event -> event instanceof EngineEvent.Stalled)
          .noneMatch(event ->
              event instanceof EngineEvent.Failed failed
                  && failed.reason().code().kind() == ErrorCode.Kind.BUG);
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pgtrickle.history WHERE mode = 'Full' AND cause <> 'Initial'"))
          .as("full refreshes")
          .isZero();
    }
  }

  private static void underWriters(EngineFixture fixture, long seed) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Void>> others = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      Random random = new Random(seed + writer);
      others.add(CompletableFuture.runAsync(() -> write(fixture, random, over)));
    }
    others.add(CompletableFuture.runAsync(() -> compare(fixture, new Random(seed - 1), over)));
    Thread.sleep(ROUND);
    over.set(true);
    others.forEach(CompletableFuture::join);
  }

  private static void write(EngineFixture fixture, Random random, AtomicBoolean over) {
    try {
      SqlSession session = fixture.session();
      while (!over.get()) {
        session.execute("BEGIN");
        for (int statement = random.nextInt(3); statement >= 0; statement--) {
          session.execute(statement(random));
        }
        Thread.sleep(random.nextInt(10));
        session.execute(random.nextInt(5) == 0 ? "ROLLBACK" : "COMMIT");
      }
    } catch (SQLException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String statement(Random random) {
    int id = random.nextInt(400);
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          "INSERT INTO entry VALUES (%d, %d, %d) ON CONFLICT (id) DO NOTHING"
              .formatted(id, random.nextInt(16), random.nextInt(50));
      case 2 -> "DELETE FROM entry WHERE id = " + id;
      case 3 ->
          "WITH s AS (SELECT id FROM entry WHERE id = %d FOR UPDATE SKIP LOCKED) UPDATE entry SET branch = %d FROM s WHERE entry.id = s.id"
              .formatted(id, random.nextInt(16));
      case 4 ->
          "WITH s AS (SELECT id FROM entry WHERE id BETWEEN %d AND %d FOR UPDATE SKIP LOCKED) UPDATE entry SET amount = amount + 1 FROM s WHERE entry.id = s.id"
              .formatted(id, id + 3);
      default ->
          "WITH s AS (SELECT id FROM branch WHERE id = %d FOR UPDATE SKIP LOCKED) UPDATE branch SET city = %d FROM s WHERE branch.id = s.id"
              .formatted(random.nextInt(16), random.nextInt(4));
    };
  }

  /** At one snapshot each, with what it has not read yet. */
  private static void compare(EngineFixture fixture, Random random, AtomicBoolean over) {
    List<String> names = List.copyOf(tables().keySet());
    while (!over.get()) {
      String name = names.get(random.nextInt(names.size()));
      try {
        if (random.nextBoolean()) {
          fixture.refresh(name);
        } else {
          VerificationResult result = fixture.engine().verify(fixture.relation(name));
          if (result.verdict() == VerificationResult.Verdict.DIFFERENT) {
            throw new AssertionError(name + ": " + result);
          }
        }
      } catch (TrickleException failure) {
        if (failure.code().kind() != ErrorCode.Kind.TRANSIENT) {
          throw failure;
        }
      }
    }
  }
}
