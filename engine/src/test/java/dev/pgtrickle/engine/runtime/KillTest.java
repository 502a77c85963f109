package dev.pgtrickle.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.engine.definition.DeletionPolicy;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.lifecycle.LifecyclePoint;
import dev.pgtrickle.engine.lifecycle.LifecycleRules;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.lifecycle.StepListener;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.storage.ReaderBarrier;
import dev.pgtrickle.engine.storage.WriteGuards;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A worker dies between any two steps of a table's life, or loses all its sessions there: the next
 * one, or the same one, goes on from the registry alone and leaves nothing behind.
 */
@Tag("long")
class KillTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";
  private static final String CHANGED = "SELECT branch, n, note FROM public.heap";
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  /** Once at each point; after it nothing of this worker's passes any step. */
  private static final class Death implements StepListener {
    private final Set<LifecyclePoint> met = EnumSet.noneOf(LifecyclePoint.class);
    private final AtomicReference<LifecyclePoint> deadAt = new AtomicReference<>();

    @Override
    public void passed(LifecyclePoint point, QualifiedName relation) {
      boolean first;
      synchronized (met) {
        first = deadAt.get() == null && met.add(point);
      }
      if (first) {
        deadAt.set(point);
      }
      if (deadAt.get() != null) {
        throw new IllegalStateException("killed at " + deadAt.get());
      }
    }

    boolean isDead() {
      return deadAt.get() != null;
    }

    void resurrect() {
      deadAt.set(null);
    }
  }

  /** All sessions of the worker are ended, once at each point. */
  private static final class LostSessions implements StepListener {
    private final EngineFixture fixture;
    private final Set<LifecyclePoint> met = EnumSet.noneOf(LifecyclePoint.class);

    LostSessions(EngineFixture fixture) {
      this.fixture = fixture;
    }

    @Override
    public void passed(LifecyclePoint point, QualifiedName relation) {
      synchronized (met) {
        if (met.add(point)) {
          try {
            fixture.database.executeAsSuperuser(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity JOIN"
                    + " pgtrickle.owner_session USING (pid, backend_start)");
          } catch (SQLException failed) {
            throw new IllegalStateException(failed);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void killed_at_each_boundary_the_next_worker_goes_on(PostgresVersion version) throws Exception {
    Death death = new Death();
    try (EngineFixture fixture = withEntries(version)) {
      Life life = new Life(fixture, death);
      life.start();
      life.live();
      assertThat(death.met)
          .as("every boundary was met")
          .containsExactlyInAnyOrder(LifecyclePoint.values());
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void sessions_lost_at_each_boundary_are_no_harm(PostgresVersion version) throws Exception {
    try (EngineFixture fixture = withEntries(version)) {
      LostSessions loss = new LostSessions(fixture);
      Life life = new Life(fixture, loss);
      life.start();
      life.live();
      assertThat(loss.met).containsExactlyInAnyOrder(LifecyclePoint.values());
    }
  }

  /** Created, changed, retained, adopted, deleted; whoever drives it asks until it is done. */
  private record Life(EngineFixture fixture, StepListener steps) {

    void start() {
      fixture.start(
          EngineRules.standard()
              .with(new LifecycleRules(steps, new ReaderBarrier(), new WriteGuards())));
    }

    void live() throws Exception {
      bring(QUERY);
      fixture.database.execute("DELETE FROM entry WHERE id < 5");
      bring(CHANGED);
      fixture.database.execute("INSERT INTO heap VALUES (7, 7, 'seven')");
      drift();
      release(DeletionPolicy.RETAIN);
      ReleaseTest.assertNothingIsCaptured(fixture);
      bring(CHANGED);
      release(DeletionPolicy.DELETE);
      ReleaseTest.assertNothingIsLeft(fixture);
      fixture.database.execute(
          "INSERT INTO entry VALUES (1, 1)", "INSERT INTO heap VALUES (8, 8, 'eight')");
    }

    private void bring(String query) throws Exception {
      StreamTableDefinition definition = fixture.manual("totals", query);
      insist(() -> {
        fixture.engine().apply(definition);
        fixture.engine().await(definition.relation(), PATIENCE);
      });
      insist(() -> fixture.refresh("totals", PATIENCE));
      fixture.assertExact("totals", query);
      // Opening the gate has its boundaries as well.
      EngineFixture.await(
          "the view is what it shall be",
          () -> {
            if (steps instanceof Death death && death.isDead()) {
              revive(death);
            }
            return fixture.database.queryLong(
                    "SELECT count(*) FROM pgtrickle.storage_version WHERE gate_open")
                == 1;
          });
      fixture.assertExact("totals", query);
    }

    /** Repaired once, and not a second time when the worker dies just after it. */
    private void drift() throws Exception {
      fixture.database.execute("DROP VIEW totals");
      EngineFixture.await(
          "the view is back",
          () -> {
            fixture.engine().watch();
            Thread.sleep(100);
            if (steps instanceof Death death && death.isDead()) {
              revive(death);
            }
            return fixture.database.queryLong(
                    "SELECT count(*) FROM pg_class WHERE relname = 'totals'")
                == 1;
          });
      bring(CHANGED);
    }

    private void release(DeletionPolicy policy) throws Exception {
      StreamTableDefinition definition = fixture.manual("totals", QUERY);
      boolean[] done = new boolean[1];
      EngineFixture.await(
          "released",
          () -> {
            insist(() ->
                done[0] =
                    fixture
                        .engine()
                        .release(
                            definition.relation(), definition.origin(), new ReleaseOrder.By(policy))
                        .isOver());
            return done[0];
          });
    }

    /** Until it went through; a dead worker is followed by another one. */
    private void insist(EngineFixture.Action action) throws Exception {
      EngineFixture.await(
          "it goes through",
          () -> {
            try {
              action.run();
              return true;
            } catch (RuntimeException dead) {
              return false;
            } finally {
              if (steps instanceof Death death && death.isDead()) {
                revive(death);
              }
            }
          });
    }

    private void revive(Death death) {
      fixture.engine().close();
      death.resurrect();
      start();
    }
  }

  private static EngineFixture withEntries(PostgresVersion version) throws SQLException {
    EngineFixture fixture = new EngineFixture(version);
    fixture.database.execute(
        "CREATE TABLE entry (id int PRIMARY KEY, branch int)",
        "INSERT INTO entry SELECT g, g % 10 FROM generate_series(1, 100) AS g",
        "CREATE TABLE heap (branch int, n bigint, note text)",
        "INSERT INTO heap SELECT g % 3, g % 5, 'note' FROM generate_series(1, 60) AS g");
    return fixture;
  }
}
