package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cnpg.StandInCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two operators that know nothing of each other never both write in a database. */
class TwoOperatorsTest {

  @Test
  void oneWorksAndTheOtherTakesOverWhenItDies() {
    try (OperatorWorld world = OperatorWorld.create("two-operators")) {
      StandInCluster cluster = world.cluster(Shop.CLUSTER, 1);
      Shop.create(cluster);
      world.apply(Shop.manifest("order-totals"));
      try (OperatorProcess first = operator(world, "one").awaitReady()) {
        world.awaitReady("order-totals", "Serving");
        String epoch = epoch(cluster);
        try (OperatorProcess second = operator(world, "two").awaitReady()) {
          for (int round = 0; round < 20; round++) {
            Shop.order(cluster, 1_000 + round);
            assertThat(owner(cluster)).endsWith("/one");
            pause(Duration.ofMillis(250));
          }
          assertThat(epoch(cluster)).as("nobody took it over").isEqualTo(epoch);
          assertThat(second.log()).doesNotContain("working in");

          first.kill();
          OperatorWorld.await(
              "the other one works", () -> owner(cluster).endsWith("/two"), second::log);
          Shop.order(cluster, 2_000);
          OperatorWorld.await(
              "equal to the query",
              () ->
                  OperatorWorld.query(cluster, Shop.difference("order_totals", Shop.QUERY))
                      .equals("0"),
              second::log);
          assertThat(epoch(cluster)).isNotEqualTo(epoch);
        }
      }
    }
  }

  /** A leader of its own each: they meet only at the Lease of the database. */
  private static OperatorProcess operator(OperatorWorld world, String identity) {
    return world.operator(
        identity,
        Map.of(
            "PGTRICKLE_LEADER_LEASE",
            "pgtrickle-operator-" + identity,
            "PGTRICKLE_LEASE_SECONDS",
            "6"),
        List.of());
  }

  private static String owner(StandInCluster cluster) {
    return OperatorWorld.query(cluster, "SELECT owner FROM pgtrickle.ownership");
  }

  private static String epoch(StandInCluster cluster) {
    return OperatorWorld.query(cluster, "SELECT epoch FROM pgtrickle.ownership");
  }

  private static void pause(Duration length) {
    try {
      Thread.sleep(length);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }
}
