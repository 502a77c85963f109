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
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P5: whatever lock we ask for, others hardly notice. */
class P5GivingWayTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";

  @Tag("alone")
  @ParameterizedTest
  @MethodSource(VERSIONS)
  void writersGoOnWhileWeAskForTheSource(PostgresVersion version)
      throws SQLException, InterruptedException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      assertThat(longestWriteBehind(fixture, new Barrier())).isLessThan(Duration.ofMillis(900));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void plantedAnImpoliteBarrierHoldsUpEveryWriter(PostgresVersion version)
      throws SQLException, InterruptedException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      assertThat(longestWriteBehind(fixture, new ImpoliteBarrier()))
          .isGreaterThan(Duration.ofMillis(1900));
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void theJanitorLeavesABufferThatIsBeingRead(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ToyConsumer consumer =
          ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", Map.of(1, "id"));
      fixture.database().execute("INSERT INTO t VALUES (1)");
      consumer.refresh();
      Janitor janitor = fixture.janitor();
      assertThat(janitor.clean(Instant.now().plus(Duration.ofMinutes(11))).getFirst().flipped())
          .isTrue();
      SqlSession reader = fixture.session();
      reader.execute(
          "BEGIN",
          "LOCK pgtrickle_data.changes_%d_1_a IN ACCESS SHARE MODE".formatted(consumer.source()));
      fixture.database().execute("INSERT INTO t VALUES (2)");
      Janitor.Cleaned busy = janitor.clean(Instant.now()).getFirst();
      assertThat(busy.postponed()).contains(ErrorCode.LOCK_TIMEOUT);
      assertThat(busy.truncated()).isZero();
      reader.execute("COMMIT");
      Janitor.Cleaned idle = janitor.clean(Instant.now()).getFirst();
      assertThat(idle.postponed()).isEqualTo(Optional.empty());
      assertThat(idle.truncated()).isEqualTo(1);
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.rows()).containsExactly("1", "2");
    }
  }

  /** How long an INSERT takes at most while a long writer keeps the capture from its barrier. */
  private static Duration longestWriteBehind(CaptureFixture fixture, Barrier barrier)
      throws SQLException, InterruptedException {
    fixture.database().execute("CREATE TABLE t (id int, v int)");
    fixture.ensure("t", 1);
    SqlSession longWriter = fixture.session();
    longWriter.execute("BEGIN", "INSERT INTO t VALUES (1, 1)");
    AtomicBoolean done = new AtomicBoolean();
    SqlSession other = fixture.session();
    LongestWrite longest = new LongestWrite(other, done);
    Thread writer = Thread.ofVirtual().start(longest);
    longest.begun.await();
    assertThatThrownBy(() -> fixture.ensure(fixture.capture(PlantedRules.with(barrier)), "t", 1, 2))
        .isInstanceOf(TrickleException.class);
    done.set(true);
    writer.join();
    longWriter.execute("ROLLBACK");
    assertThat(longest.writes).isGreaterThan(1);
    return longest.longest;
  }

  private static final class LongestWrite implements Runnable {
    private final SqlSession session;
    private final AtomicBoolean done;
    private final CountDownLatch begun = new CountDownLatch(1);
    private Duration longest = Duration.ZERO;
    private int writes;

    LongestWrite(SqlSession session, AtomicBoolean done) {
      this.session = session;
      this.done = done;
    }

    @Override
    public void run() {
      while (!done.get()) {
        long start = System.nanoTime();
        try {
          session.execute("INSERT INTO t VALUES (2, 2)");
        } catch (SQLException failure) {
          throw new IllegalStateException(failure);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        longest = took.compareTo(longest) > 0 ? took : longest;
        writes++;
        begun.countDown();
      }
    }
  }

  private static final class ImpoliteBarrier extends Barrier {
    @Override
    public void pass(
        FencedTransactions transactions, Collection<QualifiedName> relations, Duration budget) {
      transactions.inTransaction(
          budget,
          connection -> {
            try (Statement statement = connection.createStatement()) {
              statement.execute("SET LOCAL lock_timeout = '2s'");
              return statement.execute(
                  "LOCK TABLE "
                      + relations.iterator().next().quoted()
                      + " IN SHARE ROW EXCLUSIVE MODE");
            }
          });
    }
  }
}
