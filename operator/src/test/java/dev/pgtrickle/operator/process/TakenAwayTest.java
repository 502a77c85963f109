package dev.pgtrickle.operator.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cnpg.Pace;
import dev.pgtrickle.testbed.cnpg.StandInCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A database that its owner takes away and gives back, at the pace at which CloudNativePG was seen
 * to do it. Nothing here is a matter of seconds, unlike in {@link TimelinesTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TakenAwayTest {
  private static final String TABLE = "order-totals";

  private OperatorWorld world;
  private StandInCluster cluster;
  private OperatorProcess operator;

  @BeforeAll
  void start() {
    world = OperatorWorld.create("taken-away", Pace.AS_RECORDED);
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
  void fencedAndBack() {
    cluster.fence();
    world.awaitCondition(TABLE, "DatabaseReachable", "FALSE Fenced");
    assertThat(world.condition(TABLE, "Ready")).isEqualTo("FALSE DatabaseUnavailable");
    cluster.unfence();
    world.awaitReady(TABLE, "Serving");
    Shop.awaitEqualAfterAnOrder(cluster, 20_000, operator);
  }

  @Test
  @Order(2)
  void hibernatedAndBack() {
    cluster.hibernate();
    world.awaitCondition(TABLE, "DatabaseReachable", "FALSE Hibernated");
    assertThat(world.condition(TABLE, "Ready")).isEqualTo("TRUE Hibernated");
    cluster.wake();
    world.awaitReady(TABLE, "Serving");
    Shop.awaitEqualAfterAnOrder(cluster, 30_000, operator);
  }

  @Test
  @Order(3)
  void aClusterThatIsDeletedLetsItsTablesGo() {
    cluster.delete();
    world.awaitCondition(TABLE, "DatabaseReachable", "FALSE ClusterNotFound");
    world.kubectl("delete", "streamtable", TABLE, "--timeout=60s");
    assertThat(world.plane().kubectl().run("get", "events", "-n", OperatorWorld.NAMESPACE).output())
        .contains("CleanupSkipped");
  }
}
