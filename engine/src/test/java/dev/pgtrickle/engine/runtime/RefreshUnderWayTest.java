package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.Schedule;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.lifecycle.ReleaseOutcome;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * What happens elsewhere while a refresh takes its time: its query waits for a lock of the test.
 */
class RefreshUnderWayTest {
  private static final String SLOW =
      "SELECT branch, sum(public.slowly(id)) AS n FROM public.entry GROUP BY branch";
  private static final String QUICK =
      "SELECT branch, count(*) AS n FROM public.free GROUP BY branch";

  /**
   * Whoever holds the first makes the query wait, whoever holds the second makes it fail. The third
   * is what the query itself holds until its transaction ends, so that it is seen at every moment.
   */
  private static final String SLOWLY =
      """
      CREATE FUNCTION slowly(id int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock_shared(4713);
        WHILE NOT pg_try_advisory_xact_lock_shared(4711) LOOP
          PERFORM pg_sleep(0.01);
        END LOOP;
        IF NOT pg_try_advisory_xact_lock_shared(4712) THEN
          RAISE EXCEPTION 'the second lock is held';
        END IF;
        RETURN id;
      END $$\
      """;

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void one_that_succeeds_does_not_bring_an_orphan_back(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version);
        Connection connection = fixture.database.connect()) {
      SqlSession locks = new SqlSession(connection);
      locks.execute("SELECT pg_advisory_lock(4712)");
      request(fixture, "fails");
      EngineFixture.await(
          "it stands still", () -> phase(fixture) == StreamTableReport.Phase.STALLED);
      locks.execute("SELECT pg_advisory_lock(4711)", "SELECT pg_advisory_unlock(4712)");
      request(fixture, "succeeds");
      EngineFixture.await("a refresh is under way", () -> isWaiting(fixture));
      orphan(fixture);
      locks.execute("SELECT pg_advisory_unlock(4711)");
      EngineFixture.await("it succeeds", () -> has(fixture, EngineEvent.Refreshed.class));
      assertStaysOrphaned(fixture);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void one_that_fails_does_not_bring_an_orphan_back(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version);
        Connection connection = fixture.database.connect()) {
      SqlSession locks = new SqlSession(connection);
      locks.execute("SELECT pg_advisory_lock(4711)", "SELECT pg_advisory_lock(4712)");
      request(fixture, "fails");
      EngineFixture.await("a refresh is under way", () -> isWaiting(fixture));
      orphan(fixture);
      locks.execute("SELECT pg_advisory_unlock(4711)");
      EngineFixture.await("it fails", () -> has(fixture, EngineEvent.Stalled.class));
      assertStaysOrphaned(fixture);
      assertThat(
              fixture.database.queryLong(
                  "SELECT count(*) FROM pgtrickle.stream_table WHERE stall_code IS NOT NULL"))
          .isZero();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void a_long_one_stops_no_other_table(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = populated(version);
        Connection connection = fixture.database.connect()) {
      fixture.bring(fixture.definition("quick", QUICK, new Schedule.OnChange(), RefreshMode.AUTO));
      SqlSession locks = new SqlSession(connection);
      locks.execute("SELECT pg_advisory_lock(4711)");
      request(fixture, "takes long");
      EngineFixture.await("a refresh is under way", () -> isWaiting(fixture));
      // Until housekeeping, which waits for a gap between refreshes, is overdue.
      Thread.sleep(2_500);
      for (int id = 1; id <= 3; id++) {
        fixture.database.execute("INSERT INTO free VALUES (%d, 1)".formatted(id));
        EngineFixture.await(
            "the quick table is kept", () -> fixture.differences("quick", QUICK) == 0);
      }
      assertThat(isWaiting(fixture)).as("the long one is still under way").isTrue();
      locks.execute("SELECT pg_advisory_unlock(4711)");
      EngineFixture.await("it ends", () -> fixture.differences("totals", SLOW) == 0);
      assertThat(
              fixture.database.queryLong(
                  """
                  SELECT extract(epoch FROM max(finished_at - started_at)) * 1000
                  FROM pgtrickle.history WHERE result = 'Succeeded'\
                  """))
          .as("milliseconds, with all of the apply")
          .isGreaterThan(2_000);
    }
  }

  private static EngineFixture populated(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int, branch int NOT NULL)",
        "CREATE TABLE free (id int, branch int NOT NULL)",
        "INSERT INTO entry SELECT g, g % 3 FROM generate_series(1, 30) AS g",
        SLOWLY);
    fixture.start();
    fixture.bring(fixture.manual("totals", SLOW));
    fixture.database.execute("INSERT INTO entry VALUES (31, 1)");
    return fixture;
  }

  private static void request(EngineFixture fixture, String token) {
    fixture.engine().request(fixture.relation("totals"), Optional.empty(), token);
  }

  private static boolean isWaiting(EngineFixture fixture) throws SQLException {
    return fixture.database.queryLong(
            """
            SELECT count(*) FROM pg_locks
            WHERE locktype = 'advisory' AND objid = 4713
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())\
            """)
        == 1;
  }

  private static void orphan(EngineFixture fixture) {
    ReleaseOutcome outcome =
        fixture
            .engine()
            .release(
                fixture.relation("totals"),
                fixture.manual("totals", SLOW).origin(),
                new ReleaseOrder.By(DeletionPolicy.ORPHAN));
    assertThat(outcome).isEqualTo(new ReleaseOutcome.Done());
  }

  /** After the worker has read the registry once more, and so would have taken it up again. */
  private static void assertStaysOrphaned(EngineFixture fixture) throws Exception {
    EngineFixture.await(
        "the worker has taken notice",
        () ->
            has(fixture, EngineEvent.Retired.class)
                || phase(fixture) != StreamTableReport.Phase.ORPHANED);
    assertThat(phase(fixture)).isEqualTo(StreamTableReport.Phase.ORPHANED);
  }

  private static boolean has(EngineFixture fixture, Class<? extends EngineEvent> kind) {
    return List.copyOf(fixture.events).stream().anyMatch(kind::isInstance);
  }

  private static StreamTableReport.Phase phase(EngineFixture fixture) {
    return fixture.engine().report().stream()
        .filter(report -> report.relation().equals(fixture.relation("totals")))
        .findFirst()
        .orElseThrow()
        .phase();
  }
}
