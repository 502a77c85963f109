package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.source.WakeUp;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P18: capture that nobody serves stops recording, and whoever comes back knows that it did. */
class P18DeadMansSwitchTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final Map<Integer, String> ID = Map.of(1, "id");

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void afterTheDeadlineNothingGrows(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = expired(fixture, CaptureRules.standard());
      writeALot(fixture);
      assertThat(fixture.captured(consumer.source(), 1)).containsExactly("!3");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedAMarkerOfEveryWriterFillsTheDisk(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer =
          expired(fixture, PlantedRules.with(new PlantedRules.TalkativeDeadline()));
      writeALot(fixture);
      assertThat(fixture.captured(consumer.source(), 1)).hasSize(40);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedWithoutADeadlineRowsPileUp(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = expired(fixture, PlantedRules.with(new PlantedRules.NoDeadline()));
      writeALot(fixture);
      assertThat(fixture.captured(consumer.source(), 1)).hasSizeGreaterThan(1000);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void whoComesBackRepairsAndGoesFull(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer first = expired(fixture, CaptureRules.standard());
      ToyConsumer second =
          ToyConsumer.on(fixture, CaptureRules.standard(), "t", ID, first.source());
      fixture.database().execute("INSERT INTO t VALUES (1)");
      assertThat(first.state().gap()).hasSize(1);
      assertThat(first.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(first.rows()).containsExactly("1");
      assertThat(first.state().gap()).isEmpty();
      assertThat(fixture.captured(first.source(), 1)).as("no marker is left").isEmpty();
      assertThat(second.state().complete()).isFalse();
      fixture.database().execute("INSERT INTO t VALUES (2)");
      assertThat(first.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(first.rows()).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aWriterThatSawAnothersMarkerLeavesNoTraceAndIsNotForgotten(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = writerWithoutATrace(fixture);
      assertThat(consumer.state().markers().expired())
          .as("its window shows nothing of the second writer")
          .isFalse();
      assertThat(consumer.state().gap()).as("but the deadline has passed").isNotEmpty();
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(consumer.rows()).isEqualTo(consumer.truth()).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedToTakeTheDeadlineForNoGapLosesRows(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = writerWithoutATrace(fixture);
      assertThat(consumer.refreshWithoutRepair()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.truth()).containsExactly("1", "2");
      assertThat(consumer.rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void leasesAreRenewedInTimeAndNeverTooLate(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)", "CREATE TABLE dead (id int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      long dead =
          fixture
              .capture()
              .ensure(
                  fixture.requirement("dead", 1),
                  new CaptureOptions(WakeUp.POLL, Instant.now().minus(Duration.ofHours(1))))
              .sourceId();
      Instant lease = lease(fixture, consumer.source());
      assertThat(fixture.capture().renewLeases(Instant.now())).containsExactly(dead);
      assertThat(lease(fixture, consumer.source())).as("not due").isEqualTo(lease);
      Instant halfTime = Instant.now().plus(Duration.ofHours(13));
      assertThat(fixture.capture().renewLeases(halfTime)).containsExactly(dead);
      assertThat(lease(fixture, consumer.source())).isAfter(lease.plus(Duration.ofHours(12)));
      assertThat(consumer.state().gap()).isEmpty();
      fixture.capture().repair(dead);
      assertThat(fixture.capture().renewLeases(Instant.now())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aRenewalDoesNotPaintOverAGap(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      fixture
          .database()
          .execute(
              "ALTER TABLE t DISABLE TRIGGER USER",
              "INSERT INTO t VALUES (1)",
              "ALTER TABLE t ENABLE TRIGGER USER");
      Instant halfTime = Instant.now().plus(Duration.ofHours(13));
      assertThat(fixture.capture().renewLeases(halfTime)).containsExactly(consumer.source());
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(consumer.rows()).containsExactly("1");
    }
  }

  /** A consumer of a table whose deadline is made to pass. */
  private static ToyConsumer expired(CaptureFixture fixture, CaptureRules rules)
      throws SQLException {
    fixture.database().execute("CREATE TABLE t (id int)");
    long source =
        fixture
            .capture(rules)
            .ensure(
                fixture.requirement("t", 1),
                new CaptureOptions(WakeUp.NOTIFY, Instant.now().minus(Duration.ofHours(1))))
            .sourceId();
    return ToyConsumer.on(fixture, rules, "t", ID, source);
  }

  private static void writeALot(CaptureFixture fixture) throws SQLException {
    for (int round = 0; round < 10; round++) {
      fixture
          .database()
          .execute(
              "INSERT INTO t SELECT generate_series(1, 100)",
              "UPDATE t SET id = id + 1",
              "DELETE FROM t WHERE id < 50",
              "TRUNCATE t");
    }
  }

  /** The first writer's marker is consumed; the second sees it and writes none. */
  private static ToyConsumer writerWithoutATrace(CaptureFixture fixture) throws SQLException {
    ToyConsumer consumer = expired(fixture, CaptureRules.standard());
    SqlSession writer = fixture.session();
    writer.execute("INSERT INTO t VALUES (1)");
    fixture
        .database()
        .execute(
            "UPDATE pgtrickle.frontier SET snapshot = pg_current_snapshot(), filenode ="
                + " (SELECT relfilenode FROM pg_class WHERE relname = 't')");
    fingerprint(fixture, consumer);
    writer.execute("INSERT INTO t VALUES (2)");
    assertThat(fixture.captured(consumer.source(), 1)).containsExactly("!3");
    return consumer;
  }

  private static void fingerprint(CaptureFixture fixture, ToyConsumer consumer)
      throws SQLException {
    List<Long> present = consumer.state().presentFingerprint();
    fixture
        .database()
        .execute(
            "UPDATE pgtrickle.frontier SET fingerprint = '%s'"
                .formatted(present.toString().replace('[', '{').replace(']', '}')));
  }

  private static Instant lease(CaptureFixture fixture, long source) {
    return fixture
        .transactions()
        .inTransaction(
            Duration.ofMillis(400), connection -> fixture.registry().byId(connection, source))
        .orElseThrow()
        .leaseUntil();
  }
}
