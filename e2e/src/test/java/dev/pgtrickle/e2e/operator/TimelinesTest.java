package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cnpg.Pace;
import dev.pgtrickle.testbed.cnpg.StandInCluster;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What was recorded of CloudNativePG is played on real servers, at the pace of the recording. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TimelinesTest {
  private static final String TABLE = "order-totals";
  private static final Duration REFRESHING_AGAIN = Duration.ofSeconds(5);

  private OperatorWorld world;
  private StandInCluster cluster;
  private OperatorProcess operator;

  @BeforeAll
  void start() {
    world = OperatorWorld.create("timelines", Pace.AS_RECORDED);
    cluster = world.cluster(Shop.CLUSTER, 2);
    Shop.create(cluster);
    operator = world.operator().awaitReady();
    world.apply(Shop.manifest(TABLE));
    world.awaitReady(TABLE, "Serving");
  }

  @AfterAll
  void stop() {
    operator.close();
    world.close();
  }

  @Test
  @Order(1)
  void aSwitchover() {
    change(cluster::switchover);
  }

  @Test
  @Order(2)
  void aFailover() {
    change(cluster::failover);
  }

  /** Nothing is lost, nothing is written meanwhile, and refreshing goes on soon. */
  private void change(Runnable timeline) {
    String ready = world.condition(TABLE, "Ready");
    String version = conditionTimes();
    String firstWrite = "";
    Thread playing = Thread.ofVirtual().start(timeline);
    int id = 10_000 + (int) (System.nanoTime() % 1_000_000);
    boolean outage = false;
    Optional<String> delay = Optional.empty();
    while (delay.isEmpty()) {
      int next = ++id;
      Optional<String> written =
          OperatorWorld.tryQuery(
              cluster,
              "INSERT INTO orders VALUES (%d, %d, %d) RETURNING clock_timestamp()"
                  .formatted(next, next % 5, next));
      outage |= written.isEmpty();
      if (outage && firstWrite.isEmpty()) {
        firstWrite = written.orElse("");
      }
      if (!firstWrite.isEmpty()) {
        delay =
            OperatorWorld.tryQuery(cluster, firstRefreshAfter(firstWrite))
                .filter(ms -> !ms.isEmpty());
      }
      assertThat(world.condition(TABLE, "Ready")).isEqualTo(ready);
    }
    join(playing);
    Duration took = Duration.ofMillis(Long.parseLong(delay.orElseThrow()));
    System.out.printf("refreshing again %d ms after the first write%n", took.toMillis());
    assertThat(took).as(operator::log).isLessThan(REFRESHING_AGAIN);
    Shop.awaitEqualAfterAnOrder(cluster, id + 1, operator);
    assertThat(conditionTimes()).as("no condition flipped").isEqualTo(version);
  }

  /** By the server's clock; a refresh that began before the write does not count. */
  private static String firstRefreshAfter(String write) {
    return """
    SELECT coalesce(ceil(extract(epoch FROM min(finished_at) - '%1$s'::timestamptz) * 1000)::text, '')
    FROM pgtrickle.history WHERE result = 'Succeeded' AND started_at > '%1$s'::timestamptz\
    """
        .formatted(write);
  }

  private String conditionTimes() {
    return world.kubectl(
        "get", "streamtable", TABLE, "-o", "jsonpath={.status.conditions[*].lastTransitionTime}");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
