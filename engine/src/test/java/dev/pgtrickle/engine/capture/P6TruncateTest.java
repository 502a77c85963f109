package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P6: a TRUNCATE is recorded by images where the trigger can see every row, else as a reset. */
class P6TruncateTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final Map<Integer, String> ID = Map.of(1, "id");
  private static final CaptureRules PLANTED = PlantedRules.with(new PlantedRules.ImagesAlways());

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void fewRowsAreRecordedByTheirImages(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = consumer(fixture, CaptureRules.standard());
      fixture.database().execute("TRUNCATE t", "INSERT INTO t VALUES (3)", "TRUNCATE t");
      fixture.database().execute("INSERT INTO t VALUES (4)");
      SourceState state = consumer.state();
      assertThat(state.markers().truncated()).isTrue();
      assertThat(state.storedFilenode()).isNotEqualTo(state.presentFilenode());
      assertThat(state.rewritten()).as("the marker explains it").isFalse();
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.rows()).isEqualTo(consumer.truth()).containsExactly("4");
      assertThat(consumer.state().markers().truncated()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void anOlderSnapshotRecordsAReset(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = truncateInAnOlderSnapshot(fixture, CaptureRules.standard());
      assertThat(fixture.captured(consumer.source(), 1)).contains("!1");
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.FULL);
      assertThat(consumer.rows()).isEqualTo(consumer.truth()).isEmpty();
      assertThat(consumer.state().gap()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedImagesInAnOlderSnapshotLeavePhantoms(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = truncateInAnOlderSnapshot(fixture, PLANTED);
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.truth()).isEmpty();
      assertThat(consumer.rows()).containsExactly("99");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void rowSecurityMakesItAReset(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = truncateBehindRowSecurity(fixture, CaptureRules.standard());
      assertThat(fixture.captured(consumer.source(), 1)).containsExactly("!1");
      assertThat(consumer.state().markers().reset()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedImagesBehindRowSecurityMissRows(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = truncateBehindRowSecurity(fixture, PLANTED);
      assertThat(fixture.captured(consumer.source(), 1))
          .as("row 2 is hidden from the trigger, and is gone")
          .containsExactly("!2", "-1 1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void manyRowsAreAReset(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      fixture.database().execute("INSERT INTO t SELECT generate_series(1, 10001)");
      long source = fixture.ensure("t", 1);
      fixture.database().execute("TRUNCATE t");
      assertThat(fixture.captured(source, 1)).containsExactly("!1");
      fixture.database().execute("DELETE FROM pgtrickle_data.changes_%d_1_a".formatted(source));
      fixture.database().execute("INSERT INTO t SELECT generate_series(1, 10000)");
      fixture.database().execute("DELETE FROM pgtrickle_data.changes_%d_1_a".formatted(source));
      fixture.database().execute("TRUNCATE t");
      assertThat(fixture.captured(source, 1)).hasSize(10_001).contains("!2", "-1 10000");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aTableThatLostItsReaderCanStillBeTruncated(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      ToyConsumer consumer = consumer(fixture, CaptureRules.standard());
      fixture.database().execute("REVOKE ALL ON t FROM " + fixture.database().user());
      fixture.database().executeAsSuperuser("TRUNCATE public.t");
      assertThat(fixture.captured(consumer.source(), 1)).containsExactly("!1");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void cascadesAreRecordedAndRollbacksLeaveNothing(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture
          .database()
          .execute(
              "CREATE TABLE parent (id int PRIMARY KEY)",
              "CREATE TABLE t (id int REFERENCES parent)",
              "INSERT INTO parent VALUES (1), (2)",
              "INSERT INTO t VALUES (1)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      fixture.session().execute("BEGIN", "TRUNCATE t", "ROLLBACK");
      assertThat(fixture.captured(consumer.source(), 1)).isEmpty();
      fixture.database().execute("TRUNCATE parent CASCADE");
      assertThat(fixture.captured(consumer.source(), 1)).containsExactly("!2", "-1 1");
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.rows()).isEmpty();
    }
  }

  private static ToyConsumer consumer(CaptureFixture fixture, CaptureRules rules)
      throws SQLException {
    fixture.database().execute("CREATE TABLE t (id int)", "INSERT INTO t VALUES (1), (2)");
    return ToyConsumer.loaded(fixture, rules, "t", ID);
  }

  private static ToyConsumer truncateInAnOlderSnapshot(CaptureFixture fixture, CaptureRules rules)
      throws SQLException {
    ToyConsumer consumer = consumer(fixture, rules);
    SqlSession truncater = fixture.session();
    truncater.execute("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT 1");
    fixture.database().execute("INSERT INTO t VALUES (99)");
    truncater.execute("TRUNCATE t", "COMMIT");
    return consumer;
  }

  private static ToyConsumer truncateBehindRowSecurity(CaptureFixture fixture, CaptureRules rules)
      throws SQLException {
    ToyConsumer consumer = consumer(fixture, rules);
    fixture
        .database()
        .execute(
            "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE t FORCE ROW LEVEL SECURITY",
            "CREATE POLICY odd ON t USING (id = 1)",
            "TRUNCATE t");
    return consumer;
  }
}
