package dev.pgtrickle.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.definition.Buffers;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.WakeUp;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generations, the ring, release: what comes and goes while writers write. */
class CaptureLifeTest {
  private static final String VERSIONS = "dev.pgtrickle.testbed.postgres.TestServers#versions";
  private static final Map<Integer, String> ID = Map.of(1, "id");

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void anOldGenerationDrainsAndIsDroppedAfterAWhile(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int, v int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      fixture.database().execute("INSERT INTO t VALUES (1, 1)");
      fixture.ensure("t", 2);
      Janitor janitor = fixture.janitor();
      janitor.clean(Instant.now());
      assertThat(window(fixture, consumer)).as("unread").hasSize(4);
      consumer.refresh();
      janitor.clean(Instant.now());
      assertThat(window(fixture, consumer)).as("drained").hasSize(2);
      assertThat(tables(fixture)).as("still there for a running pg_dump").isEqualTo(4);
      janitor.clean(Instant.now().plus(Duration.ofMinutes(50)));
      assertThat(tables(fixture)).isEqualTo(4);
      Janitor.Cleaned cleaned =
          janitor.clean(Instant.now().plus(Duration.ofMinutes(61))).getFirst();
      assertThat(cleaned.dropped()).isEqualTo(1);
      assertThat(tables(fixture)).isEqualTo(2);
      fixture.database().execute("INSERT INTO t VALUES (2, 2)");
      assertThat(new ChangeProbe(fixture.pool()).look()).hasSize(1);
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.rows()).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void whoAsksForLoggedBuffersIsNotLeftWithUnloggedOnes(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      long source =
          fixture
              .capture()
              .ensure(
                  fixture.requirement("t", 1),
                  new CaptureOptions(
                      WakeUp.POLL,
                      Instant.now().plus(Duration.ofHours(24)),
                      Buffers.UNLOGGED,
                      AllTablesPublication.REFUSED))
              .sourceId();
      long reader = fixture.version();
      assertThatThrownBy(() -> fixture.pin(reader, source))
          .isInstanceOfSatisfying(
              TrickleException.class,
              changed -> assertThat(changed.code()).isEqualTo(ErrorCode.OBJECT_CHANGED));
      fixture.ensure("t", 1);
      fixture.pin(reader, source);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void askingAgainForWhatIsThereChangesNothing(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int, v int)");
      long source = fixture.ensure("t", 1, 2);
      String before = fixture.database().queryText("SELECT source::text FROM pgtrickle.source");
      SqlSession writer = fixture.session();
      writer.execute("BEGIN", "INSERT INTO t VALUES (1, 1)");
      assertThat(fixture.ensure("t", 2)).as("needs no lock of the table").isEqualTo(source);
      writer.execute("ROLLBACK");
      assertThat(fixture.database().queryText("SELECT source::text FROM pgtrickle.source"))
          .isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aConsumerThatPollsSilencesTheWriters(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      ChangeCapture capture = fixture.capture();
      capture.ensure(fixture.requirement("t", 1), CaptureFixture.options(WakeUp.NOTIFY));
      SqlSession worker = fixture.session();
      worker.execute(WakeChannel.armQuery());
      SqlSession writer = fixture.session();
      writer.execute("BEGIN", "INSERT INTO t VALUES (1)");
      assertThatThrownBy(() -> writer.execute("PREPARE TRANSACTION 'never'"))
          .isInstanceOf(SQLException.class);
      capture.ensure(fixture.requirement("t", 1), CaptureFixture.options(WakeUp.POLL));
      capture.ensure(fixture.requirement("t", 1), CaptureFixture.options(WakeUp.NOTIFY));
      String name = "now it does in " + fixture.database().name();
      writer.execute("BEGIN", "INSERT INTO t VALUES (1)", "PREPARE TRANSACTION '" + name + "'");
      writer.execute("COMMIT PREPARED '" + name + "'");
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void releaseTakesEverythingAwayAndOnlyWhenNobodyNeedsIt(PostgresVersion version)
      throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int, v int)");
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      fixture.ensure("t", 1, 2);
      fixture.capture().release(consumer.source());
      assertThat(tables(fixture)).as("a frontier needs it").isEqualTo(4);
      assertThat(consumer.state().gap()).isEmpty();
      fixture.database().execute("DELETE FROM pgtrickle.storage_version");
      fixture.capture().release(consumer.source());
      assertThat(tables(fixture)).isZero();
      assertThat(leftovers(fixture)).isZero();
      fixture.capture().release(consumer.source());
      fixture.database().execute("INSERT INTO t VALUES (1, 1)");
      assertThat(new ChangeProbe(fixture.pool()).look()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void releaseOfADroppedTable(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      long source = fixture.ensure("t", 1);
      long oid = fixture.oid("t");
      fixture.database().execute("DROP TABLE t");
      assertThatThrownBy(() -> fixture.capture().repair(source))
          .isInstanceOfSatisfying(
              TrickleException.class,
              gone -> assertThat(gone.code()).isEqualTo(ErrorCode.SOURCE_MISSING));
      assertThat(fixture.capture().renewLeases(Instant.now().plus(Duration.ofHours(13))))
          .containsExactly(source);
      assertThat(fixture.janitor().clean(Instant.now())).hasSize(1);
      fixture.capture().release(source);
      assertThat(leftovers(fixture)).isZero();
      assertThat(oid).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void aReleaseThatDiedIsFinishedOrTakenBack(PostgresVersion version) throws SQLException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int)");
      long source = fixture.ensure("t", 1);
      ChangeCapture dying =
          fixture.capture(
              PlantedRules.with(
                  new Barrier() {
                    @Override
                    public void pass(
                        FencedTransactions transactions,
                        Collection<QualifiedName> relations,
                        Duration budget) {
                      throw new IllegalStateException("killed");
                    }
                  }));
      assertThatThrownBy(() -> dying.release(source)).isInstanceOf(IllegalStateException.class);
      assertThat(fixture.horizon(source)).isNull();
      fixture.database().execute("INSERT INTO t VALUES (1)");
      assertThat(fixture.ensure("t", 1)).as("taken back").isEqualTo(source);
      ToyConsumer consumer = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      fixture.database().execute("INSERT INTO t VALUES (2)");
      assertThat(consumer.refresh()).isEqualTo(ToyConsumer.Mode.DIFFERENTIAL);
      assertThat(consumer.rows()).containsExactly("1", "2");
      fixture.database().execute("DELETE FROM pgtrickle.storage_version");
      assertThatThrownBy(() -> dying.release(source)).isInstanceOf(IllegalStateException.class);
      fixture.capture().release(source);
      assertThat(leftovers(fixture)).as("finished").isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(VERSIONS)
  void manyWritersTwoConsumersAndAJanitorAgree(PostgresVersion version)
      throws SQLException, InterruptedException {
    try (CaptureFixture fixture = new CaptureFixture(version)) {
      fixture.database().execute("CREATE TABLE t (id int, v int)");
      ToyConsumer first = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      ToyConsumer second = ToyConsumer.loaded(fixture, CaptureRules.standard(), "t", ID);
      AtomicBoolean done = new AtomicBoolean();
      AtomicInteger failures = new AtomicInteger();
      List<Thread> writers = new ArrayList<>();
      for (int number = 0; number < 3; number++) {
        SqlSession session = fixture.session();
        int from = number * 1_000_000;
        writers.add(Thread.ofVirtual().start(() -> write(session, from, done, failures)));
      }
      int truncated = 0;
      boolean flipped = false;
      int full = 0;
      for (int round = 0; round < 40; round++) {
        full += first.refresh() == ToyConsumer.Mode.FULL ? 1 : 0;
        if (round % 3 == 0) {
          full += second.refresh() == ToyConsumer.Mode.FULL ? 1 : 0;
        }
        Janitor.Cleaned cleaned = fixture.janitor().clean(Instant.now()).getFirst();
        truncated += cleaned.truncated();
        flipped |= cleaned.flipped();
        if (round == 20) {
          ensureWithPatience(fixture);
        }
      }
      done.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
      full += first.refresh() == ToyConsumer.Mode.FULL ? 1 : 0;
      full += second.refresh() == ToyConsumer.Mode.FULL ? 1 : 0;
      assertThat(failures).hasValue(0);
      assertThat(full).as("pins hold everything that anybody needs").isZero();
      assertThat(first.rows()).isEqualTo(first.truth());
      assertThat(second.rows()).isEqualTo(second.truth());
      assertThat(flipped).isTrue();
      assertThat(truncated).isPositive();
    }
  }

  private static void ensureWithPatience(CaptureFixture fixture) throws SQLException {
    for (int attempt = 0; ; attempt++) {
      try {
        fixture.ensure("t", 2);
        return;
      } catch (TrickleException busy) {
        if (busy.code().kind() != ErrorCode.Kind.TRANSIENT || attempt == 20) {
          throw busy;
        }
      }
    }
  }

  private static void write(
      SqlSession session, int from, AtomicBoolean done, AtomicInteger failures) {
    try {
      for (int id = from; !done.get(); id += 20) {
        session.execute(
            "BEGIN",
            "INSERT INTO t SELECT %1$d + i, 0 FROM generate_series(1, 20) AS i".formatted(id),
            "UPDATE t SET id = -id WHERE id = %d".formatted(id + 1),
            "DELETE FROM t WHERE id BETWEEN %d AND %d".formatted(id + 2, id + 10),
            id % 100 == 0 ? "ROLLBACK" : "COMMIT");
      }
    } catch (SQLException failure) {
      failures.incrementAndGet();
    }
  }

  private static List<QualifiedName> window(CaptureFixture fixture, ToyConsumer consumer) {
    return fixture.expected(consumer.source(), 1).window().buffers();
  }

  private static long tables(CaptureFixture fixture) throws SQLException {
    return fixture
        .database()
        .queryLong("SELECT count(*) FROM pg_tables WHERE schemaname = 'pgtrickle_data'");
  }

  private static long leftovers(CaptureFixture fixture) throws SQLException {
    return fixture
        .database()
        .queryLong(
            """
            SELECT (SELECT count(*) FROM pg_tables WHERE schemaname = 'pgtrickle_data')
                 + (SELECT count(*) FROM pg_proc WHERE proname LIKE 'capture%')
                 + (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'pgtrickle%')
                 + (SELECT count(*) FROM pgtrickle.source)
                 + (SELECT count(*) FROM pgtrickle.buffer_pair)\
            """);
  }
}
