package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * P4: cleanup removes only what every pin has consumed, and a refresh proves that nothing is
 * missing.
 */
class P4HorizonTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final Map<Integer, String> ID = Map.of(1, "id");

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aPinKeepsWhatALongFirstLoadHasNotSeen(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer late = loadDuringCleanup(fixture, CaptureRules.standard());
      assertThat(late.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(late.rows()).isEqualTo(late.truth()).containsExactly("1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void withoutPinsTheProofMakesItFull(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer late =
          loadDuringCleanup(
              fixture, PlantedRules.with(new PlantedRules.NoPins(), new HorizonRule()));
      assertThat(late.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(late.rows()).isEqualTo(late.truth()).containsExactly("1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedWithoutPinsAndProofTheRowIsLost(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer late =
          loadDuringCleanup(
              fixture, PlantedRules.with(new PlantedRules.NoPins(), new PlantedRules.NoProof()));
      assertThat(late.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(late.truth()).containsExactly("1");
      assertThat(late.rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedWithoutPinsAndWithASilentHorizonTheRowIsLost(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer late =
          loadDuringCleanup(
              fixture,
              PlantedRules.with(new PlantedRules.NoPins(), new PlantedRules.SilentHorizon()));
      assertThat(late.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(late.rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aHorizonNeverShrinks(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer restored = restoreBehindTheHorizon(fixture, CaptureRules.standard());
      assertThat(restored.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(restored.rows()).isEqualTo(restored.truth()).containsExactly("1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedASmallerHorizonOverALargerOneLosesTheRow(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer restored =
          restoreBehindTheHorizon(
              fixture, PlantedRules.with(new PinRule(), new PlantedRules.ShrinkingHorizon()));
      assertThat(restored.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(restored.truth()).containsExactly("1");
      assertThat(restored.rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aRetiredBufferIsEmptiedOnlyWhenEverybodyHasReadIt(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer slow = retireUnread(fixture, CaptureRules.standard());
      assertThat(slow.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(slow.rows()).isEqualTo(slow.truth()).containsExactly("1", "2");
      Janitor.Cleaned cleaned = fixture.janitor().clean(Instant.now()).getFirst();
      assertThat(cleaned.truncated()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedWithoutTheTruncateCheckUnreadRowsAreLost(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer slow =
          retireUnread(
              fixture, PlantedRules.with(new PlantedRules.NoTruncateCheck(), new HorizonRule()));
      assertThat(slow.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(slow.truth()).containsExactly("1", "2");
      assertThat(slow.rows()).isNotEqualTo(slow.truth());
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void whatNobodyPinsMayGoAndTheHorizonSaysSo(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer suspended = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      suspended.unpin();
      fixture.janitor().clean(Instant.now());
      fixture.database().execute("INSERT INTO t VALUES (1)");
      assertThat(suspended.refresh())
          .as("nothing was removed that it needs")
          .isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      fixture.database().execute("INSERT INTO t VALUES (2)");
      assertThat(fixture.janitor().clean(Instant.now()).getFirst().deleted()).isEqualTo(2);
      assertThat(suspended.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(suspended.rows()).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void anOpenGapIsNotClosedByCleaning(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      fixture.database().execute("UPDATE pgtrickle.source SET horizon = NULL");
      assertThat(fixture.janitor().clean(Instant.now())).isEmpty();
      assertThat(consumer.state().complete()).isFalse();
      assertThat(fixture.horizon(consumer.source())).isNull();
    }
  }

  /** One consumer reads and everything is cleaned while another is still loading. */
  private static ToyConsumer loadDuringCleanup(CaptureFixture fixture, CaptureRules rules)
      throws SQLException {
    fixture.database().execute("CREATE TABLE t (id int)");
    ToyConsumer quick = ToyConsumer.loaded(fixture, rules, "t", ID);
    ToyConsumer late = ToyConsumer.pinned(fixture, rules, "t", ID);
    late.loadWhile(() -> {
      fixture.database().execute("INSERT INTO t VALUES (1)");
      quick.refresh();
      fixture.janitor(rules).clean(Instant.now());
    });
    return late;
  }

  /**
   * Comes back with a frontier whose changes are gone; then an empty retired buffer is truncated.
   */
  private static ToyConsumer restoreBehindTheHorizon(CaptureFixture fixture, CaptureRules rules)
      throws SQLException {
    fixture.database().execute("CREATE TABLE t (id int)");
    ToyConsumer consumer = ToyConsumer.loaded(fixture, rules, "t", ID);
    ToyConsumer.Archive archive = consumer.archive();
    fixture.database().execute("INSERT INTO t VALUES (1)");
    consumer.refresh();
    Janitor janitor = fixture.janitor(rules);
    assertThat(janitor.clean(Instant.now()).getFirst().deleted()).isEqualTo(1);
    assertThat(janitor.clean(later()).getFirst().flipped()).isTrue();
    consumer.restore(archive);
    assertThat(janitor.clean(Instant.now()).getFirst().truncated()).isEqualTo(1);
    return consumer;
  }

  /** The written buffer retires with a row that one of two consumers has not read. */
  private static ToyConsumer retireUnread(CaptureFixture fixture, CaptureRules rules)
      throws SQLException {
    fixture.database().execute("CREATE TABLE t (id int)");
    ToyConsumer quick = ToyConsumer.loaded(fixture, rules, "t", ID);
    ToyConsumer slow = ToyConsumer.loaded(fixture, rules, "t", ID);
    fixture.database().execute("INSERT INTO t VALUES (1)");
    quick.refresh();
    Janitor janitor = fixture.janitor(rules);
    assertThat(janitor.clean(later()).getFirst().flipped()).isTrue();
    fixture.database().execute("INSERT INTO t VALUES (2)");
    janitor.clean(Instant.now());
    return slow;
  }

  private static Instant later() {
    return Instant.now().plus(Duration.ofMinutes(11));
  }
}
