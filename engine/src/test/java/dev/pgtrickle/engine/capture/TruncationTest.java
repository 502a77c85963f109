package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P4, P5: a retired buffer is looked at before its lock is taken, and nothing slips between. */
class TruncationTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final Map<Integer, String> ID = Map.of(1, "id");
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(400);

  /** As if there were very many rows. */
  private static final class LongScan extends TruncateCheck {
    @Override
    String holds(QualifiedName buffer, String removable) {
      return "SELECT (%s) FROM pg_sleep(4)".formatted(super.holds(buffer, removable));
    }
  }

  /** What is committed after the scan is not looked for. */
  private static final class ScanOnly extends TruncateCheck {
    @Override
    String untouchedSince(QualifiedName buffer, String snapshot) {
      return "SELECT true";
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void nobodyWaitsWhileTheRowsAreLookedAt(PostgresVersion version) throws Exception {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      retireWith(fixture, "INSERT INTO t SELECT generate_series(1, 2000)");
      consumer.refresh();
      SqlSession reader = fixture.session();
      AtomicBoolean done = new AtomicBoolean();
      Duration[] longest = {Duration.ZERO};
      Thread reading =
          Thread.ofVirtual()
              .start(() -> {
                while (!done.get()) {
                  Instant begun = Instant.now();
                  count(reader, consumer);
                  Duration took = Duration.between(begun, Instant.now());
                  longest[0] = took.compareTo(longest[0]) > 0 ? took : longest[0];
                }
              });
      Janitor janitor = fixture.janitor(PlantedRules.with(new LongScan(), new HorizonRule()));
      Janitor.Cleaned cleaned = janitor.clean(Instant.now()).getFirst();
      done.set(true);
      reading.join();
      assertThat(cleaned.truncated()).isEqualTo(1);
      assertThat(longest[0]).isLessThan(Duration.ofSeconds(3));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void whatAStragglerCommitsAfterTheScanIsKept(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      for (String rows : List.of("VALUES (1)", "SELECT generate_series(1, 3000)")) {
        assertThat(truncateAroundStraggler(fixture, consumer, CaptureRules.standard(), rows))
            .isFalse();
        assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
        assertThat(consumer.rows()).isEqualTo(consumer.truth());
        assertThat(fixture.janitor().clean(Instant.now()).getFirst().truncated()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedWithoutTheSecondLookItIsLost(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      CaptureRules rules = PlantedRules.with(new ScanOnly(), new HorizonRule());
      assertThat(truncateAroundStraggler(fixture, consumer, rules, "VALUES (1)")).isTrue();
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.truth()).containsExactly("1");
      assertThat(consumer.rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void anOlderPinThatCameAfterTheScanKeepsTheBuffer(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      ToyConsumer.Archive archive = consumer.archive();
      retireWith(fixture, "INSERT INTO t VALUES (1)");
      consumer.refresh();
      BufferCleaning cleaning = new BufferCleaning(CaptureRules.standard());
      BufferCleaning.Scan scan = scan(fixture, cleaning, consumer).orElseThrow();
      consumer.restore(archive);
      assertThat(truncate(fixture, cleaning, consumer, scan)).isFalse();
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.rows()).containsExactly("1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void underTheLockOnlyTheIndexIsRead(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      retireWith(fixture, "INSERT INTO t SELECT generate_series(1, 900)");
      SqlSession session = fixture.session();
      session.execute("SET enable_seqscan = off");
      String plan =
          session
              .query(
                  "EXPLAIN "
                      + new TruncateCheck()
                          .untouchedSince(buffer(consumer), "'5:9:6,7'::pg_snapshot"))
              .toString();
      assertThat(plan).contains("Index").doesNotContain("Seq Scan").doesNotContain("Filter");
    }
  }

  /** Side a retires with something in it; nobody writes it any more. */
  private static void retireWith(CaptureFixture fixture, String write) throws SQLException {
    fixture.database().execute(write);
    assertThat(fixture.janitor().clean(later()).getFirst().flipped()).isTrue();
  }

  /** A transaction that wrote before the buffer retired commits between scan and lock. */
  private static boolean truncateAroundStraggler(
      CaptureFixture fixture, ToyConsumer consumer, CaptureRules rules, String rows)
      throws SQLException {
    BufferCleaning cleaning = new BufferCleaning(rules);
    SqlSession straggler = fixture.session();
    straggler.execute("BEGIN", "INSERT INTO t " + rows);
    // What was rolled back is seen by nobody, and keeps nothing.
    SqlSession undone = fixture.session();
    undone.execute("BEGIN", "INSERT INTO t VALUES (-1)", "ROLLBACK");
    QualifiedName buffer = written(fixture, consumer);
    assertThat(fixture.janitor().clean(later()).getFirst().flipped()).isTrue();
    BufferCleaning.Scan scan = scan(fixture, cleaning, consumer, buffer).orElseThrow();
    straggler.execute("COMMIT");
    return truncate(fixture, cleaning, consumer, buffer, scan);
  }

  private static Optional<BufferCleaning.Scan> scan(
      CaptureFixture fixture, BufferCleaning cleaning, ToyConsumer consumer) {
    return scan(fixture, cleaning, consumer, buffer(consumer));
  }

  private static Optional<BufferCleaning.Scan> scan(
      CaptureFixture fixture, BufferCleaning cleaning, ToyConsumer consumer, QualifiedName buffer) {
    return fixture
        .transactions()
        .inTransaction(
            LOCK_TIMEOUT, connection -> cleaning.scan(connection, consumer.source(), buffer));
  }

  private static boolean truncate(
      CaptureFixture fixture,
      BufferCleaning cleaning,
      ToyConsumer consumer,
      BufferCleaning.Scan scan) {
    return truncate(fixture, cleaning, consumer, buffer(consumer), scan);
  }

  private static boolean truncate(
      CaptureFixture fixture,
      BufferCleaning cleaning,
      ToyConsumer consumer,
      QualifiedName buffer,
      BufferCleaning.Scan scan) {
    return fixture
        .transactions()
        .inTransaction(
            LOCK_TIMEOUT,
            connection -> cleaning.truncate(connection, consumer.source(), buffer, scan));
  }

  private static QualifiedName buffer(ToyConsumer consumer) {
    return QualifiedName.of("pgtrickle_data", "changes_%d_1_a".formatted(consumer.source()));
  }

  private static QualifiedName written(CaptureFixture fixture, ToyConsumer consumer)
      throws SQLException {
    String side = fixture.database().queryText("SELECT active_side FROM pgtrickle.source");
    return QualifiedName.of("pgtrickle_data", "changes_%d_1_%s".formatted(consumer.source(), side));
  }

  private static void count(SqlSession reader, ToyConsumer consumer) {
    try {
      reader.queryLong("SELECT count(*) FROM " + buffer(consumer).quoted());
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Instant later() {
    return Instant.now().plus(Duration.ofMinutes(11));
  }
}
