package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P3: what capture records never changes under a running consumer. */
class P3BarrierTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final Map<Integer, String> ID = Map.of(1, "id");
  private static final Map<Integer, String> BOTH = Map.of(1, "id", 2, "v");

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aNewColumnWaitsForTheWriterThatDidNotRecordIt(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      SqlSession writer = writerThatRecordsTheOldColumns(fixture);
      assertThatThrownBy(() -> fixture.ensure("t", 1, 2))
          .isInstanceOfSatisfying(
              TrickleException.class,
              busy -> assertThat(busy.code()).isEqualTo(ErrorCode.LOCK_TIMEOUT));
      writer.execute("COMMIT");
      ToyConsumer both = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", BOTH);
      assertThat(both.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(both.rows()).isEqualTo(both.truth()).containsExactly("7 seven");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedWithoutTheBarrierThatWritersRowIsLost(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      SqlSession writer = writerThatRecordsTheOldColumns(fixture);
      ToyConsumer both = ToyConsumer.loaded(fixture, PlantedRules.withoutBarrier(), "t", BOTH);
      writer.execute("COMMIT");
      assertThat(both.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(both.truth()).containsExactly("7 seven");
      assertThat(both.rows()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void dyingBeforeTheBarrierIsMadeGoodByTheNextCall(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      SqlSession writer = writerThatRecordsTheOldColumns(fixture);
      CaptureRules deadly = PlantedRules.with(new DeadlyBarrier());
      assertThatThrownBy(() -> fixture.ensure(fixture.capture(deadly), "t", 1, 2))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> fixture.ensure("t", 1, 2))
          .as("the functions are there already, but the writer still is not captured by them")
          .isInstanceOf(TrickleException.class);
      writer.execute("COMMIT");
      fixture.ensure("t", 1, 2);
      assertThat(
              fixture
                  .database()
                  .queryLong("SELECT count(*) FROM pgtrickle.buffer_pair WHERE settled_at IS NULL"))
          .isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aFirstInstallationThatDiedProvesNothing(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int, v text)");
      assertThatThrownBy(
              () -> fixture.ensure(fixture.capture(PlantedRules.with(new DeadlyBarrier())), "t", 1))
          .isInstanceOf(IllegalStateException.class);
      long source = fixture.database().queryLong("SELECT id FROM pgtrickle.source");
      assertThat(fixture.horizon(source)).isNull();
      assertThat(fixture.ensure("t", 1)).isEqualTo(source);
      assertThat(fixture.horizon(source)).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void consumersOfOldAndNewColumnsReadBothGenerations(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int, v text)");
      ToyConsumer ids = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      fixture.database().execute("INSERT INTO t VALUES (1, 'one')");
      SourceStates.Expected before = fixture.expected(ids.source(), 1);
      ToyConsumer both = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", BOTH);
      assertThat(both.source()).isEqualTo(ids.source());
      assertThat(fixture.state(ids.version(), before).windowCurrent())
          .as("a window that was asked for before")
          .isFalse();
      assertThat(fixture.expected(ids.source(), 1).window().buffers()).hasSize(4);
      assertThat(fixture.expected(ids.source(), 1, 2).window().buffers()).hasSize(2);
      fixture.database().execute("INSERT INTO t VALUES (2, 'two')");
      assertThat(ids.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(ids.rows()).containsExactly("1", "2");
      assertThat(both.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(both.rows()).containsExactly("1 one", "2 two");
    }
  }

  private static SqlSession writerThatRecordsTheOldColumns(CaptureFixture fixture)
      throws SQLException {
    fixture.database().execute("CREATE TABLE t (id int, v text)");
    fixture.ensure("t", 1);
    SqlSession writer = fixture.session();
    writer.execute("BEGIN", "INSERT INTO t VALUES (7, 'seven')");
    return writer;
  }

  /** Ends the process, in effect. */
  private static final class DeadlyBarrier extends Barrier {
    @Override
    public void pass(
        FencedTransactions transactions, Collection<QualifiedName> relations, Duration budget) {
      throw new IllegalStateException("killed");
    }
  }
}
