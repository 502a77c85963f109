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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** One table comes while another, which reads the same source, goes. */
class SharedSourceTest {
  private static final String QUERY =
      "SELECT branch, count(*) AS n FROM public.entry GROUP BY branch";

  /** The second table, once its source is captured and before anything says that it needs it. */
  private static final class Captured implements StepListener {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public void passed(LifecyclePoint point, QualifiedName relation) {
      if (point == LifecyclePoint.CAPTURED && relation.name().name().equals("second")) {
        reached.countDown();
        try {
          assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
          throw new IllegalStateException(interrupted);
        }
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(SomeVersions.class)
  void the_last_reader_leaves_while_the_next_one_is_being_created(PostgresVersion version)
      throws Exception {
    Captured captured = new Captured();
    try (EngineFixture fixture = new EngineFixture(version)) {
      fixture.database.execute(
          "CREATE TABLE entry (id int, branch int NOT NULL)",
          "INSERT INTO entry SELECT g, g % 3 FROM generate_series(1, 30) AS g");
      fixture.start(
          EngineRules.standard()
              .with(new LifecycleRules(captured, new ReaderBarrier(), new WriteGuards())));
      StreamTableDefinition first = fixture.manual("first", QUERY);
      fixture.bring(first);
      fixture.engine().apply(fixture.manual("second", QUERY));
      assertThat(captured.reached.await(30, TimeUnit.SECONDS)).isTrue();
      EngineFixture.await("the first is gone", () -> isGone(fixture, first));
      assertThat(fixture.database.queryLong("SELECT count(*) FROM pgtrickle.source")).isZero();
      captured.goOn.countDown();
      fixture.engine().await(fixture.relation("second"), Duration.ofSeconds(30));
      fixture.assertExact("second", QUERY);
      assertThat(List.copyOf(fixture.events)).noneMatch(EngineEvent.Stalled.class::isInstance);
      fixture.database.execute("DELETE FROM entry WHERE id < 10");
      assertThat(fixture.refresh("second").mode()).isEqualTo("Differential");
      fixture.assertExact("second", QUERY);
    }
  }

  private static boolean isGone(EngineFixture fixture, StreamTableDefinition table) {
    return fixture
        .engine()
        .release(table.relation(), table.origin(), new ReleaseOrder.By(DeletionPolicy.DELETE))
        .isOver();
  }
}
