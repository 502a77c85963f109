package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeProbeTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final Map<Integer, String> ID = Map.of(1, "id");

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void namesTheStorageVersionsAndSourcesThatHaveUnreadRows(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int, v int)", "CREATE TABLE u (id int)");
      ChangeProbe probe = new ChangeProbe(fixture.pool());
      assertThat(probe.look()).as("no sources at all").isEmpty();
      ToyConsumer first = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      ToyConsumer second = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      ToyConsumer other = ToyConsumer.loaded(fixture, CaptureRules.standard(), "u", ID);
      assertThat(probe.look()).isEmpty();
      fixture.database().execute("INSERT INTO t VALUES (1, 1)");
      assertThat(probe.look()).containsExactlyInAnyOrder(unread(first), unread(second));
      first.refresh();
      assertThat(probe.look()).containsExactly(unread(second));
      fixture.database().execute("INSERT INTO u VALUES (1)");
      assertThat(probe.look()).containsExactlyInAnyOrder(unread(second), unread(other));
      fixture.ensure("t", 1, 2);
      fixture.database().execute("INSERT INTO t VALUES (2, 2)");
      second.refresh();
      other.refresh();
      assertThat(probe.look()).as("a row in a new generation").containsExactly(unread(first));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void seesARowWhenItsTransactionCommitsAndNotBefore(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      ChangeProbe probe = new ChangeProbe(fixture.pool());
      SqlSession writer = fixture.session();
      writer.execute("BEGIN", "INSERT INTO t VALUES (1)");
      assertThat(probe.look()).isEmpty();
      fixture.database().execute("CREATE TABLE other (id int)");
      assertThat(probe.look()).isEmpty();
      writer.execute("COMMIT");
      assertThat(probe.look()).containsExactly(unread(consumer));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void doesNotLookIntoTheBuffersWhileNothingHappens(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      fixture.database().execute("INSERT INTO t VALUES (1)");
      ChangeProbe probe = new ChangeProbe(fixture.pool());
      assertThat(probe.look()).containsExactly(unread(consumer));
      probe.lookAgain();
      assertThat(probe.look()).as("when told to").containsExactly(unread(consumer));
    }
  }

  private static ChangeProbe.Unread unread(ToyConsumer consumer) {
    return new ChangeProbe.Unread(consumer.version(), consumer.source());
  }
}
