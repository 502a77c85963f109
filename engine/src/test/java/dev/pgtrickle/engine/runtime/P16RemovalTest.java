package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.lifecycle.LifecyclePoint;
import dev.pgtrickle.engine.lifecycle.LifecycleRules;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.lifecycle.StepListener;
import dev.pgtrickle.engine.storage.ReaderBarrier;
import dev.pgtrickle.engine.storage.WriteGuards;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** P16: triggers, barrier, functions, buffers: no writer ever meets an object that is gone. */
class P16RemovalTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void writers_never_notice_that_capture_comes_and_goes(PostgresVersion version) throws Exception {
    assertThat(failuresOfWriters(version, fixture -> StepListener.silent(), 3)).isEmpty();
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void planted_buffers_that_go_before_the_triggers_break_the_writers(PostgresVersion version)
      throws Exception {
    assertThat(failuresOfWriters(version, BuffersFirst::new, 1)).isNotEmpty();
  }

  /** Drops the buffers while the triggers still write into them. */
  private record BuffersFirst(EngineFixture fixture) implements StepListener {
    @Override
    public void passed(LifecyclePoint point, dev.pgtrickle.engine.postgres.QualifiedName relation) {
      if (point == LifecyclePoint.FRONTIERS_FORGOTTEN) {
        try {
          fixture.database.execute(
              """
              DO $$ DECLARE buffer record; BEGIN
                FOR buffer IN SELECT oid::regclass AS name FROM pg_class
                              WHERE relkind = 'r' AND starts_with(relname::text, 'changes_') LOOP
                  EXECUTE 'DROP TABLE ' || buffer.name;
                END LOOP;
              END $$\
              """);
          Thread.sleep(200);
        } catch (SQLException | InterruptedException failed) {
          throw new IllegalStateException(failed);
        }
      }
    }
  }

  /** What is planted once there is a fixture. */
  private interface Planted {
    StepListener in(EngineFixture fixture);
  }

  private static List<String> failuresOfWriters(
      PostgresVersion version, Planted planted, int rounds) throws Exception {
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute("CREATE TABLE entry (id int, branch int NOT NULL)");
      fixture.start(
          EngineRules.standard()
              .with(
                  new LifecycleRules(planted.in(fixture), new ReaderBarrier(), new WriteGuards())));
      StreamTableDefinition definition = fixture.manual("totals", QUERY);
      AtomicBoolean go = new AtomicBoolean(true);
      List<String> failures = Collections.synchronizedList(new ArrayList<>());
      List<Thread> writers = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        int first = writer * 100;
        writers.add(Thread.ofVirtual().start(() -> write(fixture, first, go, failures)));
      }
      for (int round = 0; round < rounds; round++) {
        fixture.bring(definition);
        DeletionPolicy policy = round % 2 == 0 ? DeletionPolicy.DELETE : DeletionPolicy.RETAIN;
        EngineFixture.await(
            "released",
            () ->
                fixture
                    .engine()
                    .release(
                        definition.relation(), definition.origin(), new ReleaseOrder.By(policy))
                    .isOver());
      }
      go.set(false);
      for (Thread writer : writers) {
        writer.join();
      }
      return failures;
    }
  }

  /** Each writer has rows of its own: they must not meet each other, only capture. */
  private static void write(
      EngineFixture fixture, int first, AtomicBoolean go, List<String> failures) {
    try (Connection connection = fixture.database.connect()) {
      SqlSession session = new SqlSession(connection);
      while (go.get()) {
        try {
          session.execute(
              "INSERT INTO entry SELECT %d + g, g %% 3 FROM generate_series(1, 20) AS g"
                  .formatted(first),
              "UPDATE entry SET branch = branch + 1 WHERE id = %d + 7".formatted(first),
              "DELETE FROM entry WHERE id BETWEEN %1$d + 11 AND %1$d + 20".formatted(first));
        } catch (SQLException failure) {
          failures.add(failure.getMessage());
        }
      }
    } catch (SQLException broken) {
      failures.add(broken.getMessage());
    }
  }
}
