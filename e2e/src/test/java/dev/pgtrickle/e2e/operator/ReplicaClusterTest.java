package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cnpg.StandInCluster;
import org.junit.jupiter.api.Test;

/**
 * A Cluster that follows another one has no primary to write to. The status says so, and says Ready
 * only of what readers find there.
 */
class ReplicaClusterTest {

  @Test
  void whatCameAlongIsReadyAndNothingIsWritten() {
    try (OperatorWorld world = OperatorWorld.create("replica")) {
      StandInCluster cluster = world.cluster(Shop.CLUSTER, 1);
      Shop.create(cluster);
      try (OperatorProcess operator = world.operator().awaitReady()) {
        world.apply(Shop.manifest("present"));
        world.awaitReady("present", "Serving");

        follow(world, "true");
        world.awaitReady("present", "ReplicaCluster");
        assertThat(world.condition("present", "DatabaseReachable"))
            .isEqualTo("FALSE ReplicaCluster");
        assertThat(world.condition("present", "Reconciling")).isEmpty();
        world.apply(Shop.manifest("absent"));
        world.awaitCondition("absent", "DatabaseReachable", "FALSE ReplicaCluster");
        assertThat(world.condition("absent", "Ready")).isEqualTo("FALSE DatabaseUnavailable");
        OperatorWorld.await(
            "nobody works in it",
            () -> OperatorWorld.query(cluster, sessions()).equals("0"),
            operator::log);
        Shop.order(cluster, 1_001);
        assertThat(OperatorWorld.query(cluster, Shop.difference("present", Shop.QUERY)))
            .isNotEqualTo("0");

        follow(world, "false");
        world.awaitReady("present", "Serving");
        world.awaitReady("absent", "Serving");
        OperatorWorld.await(
            "current again",
            () -> OperatorWorld.query(cluster, Shop.difference("present", Shop.QUERY)).equals("0"),
            operator::log);
      }
    }
  }

  private static void follow(OperatorWorld world, String enabled) {
    world.kubectl(
        "patch",
        "clusters.postgresql.cnpg.io",
        Shop.CLUSTER,
        "--type=merge",
        "-p",
        "{\"spec\":{\"replica\":{\"enabled\":%s,\"source\":\"elsewhere\"}}}".formatted(enabled));
  }

  /** Of an engine that owns the database, which a look at it does not. */
  private static String sessions() {
    return "SELECT count(*) FROM pgtrickle.owner_session JOIN pg_stat_activity USING (pid,"
        + " backend_start)";
  }
}
