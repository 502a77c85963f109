package dev.pgtrickle.e2e.operator;

import dev.pgtrickle.testbed.cnpg.StandInCluster;
import org.junit.jupiter.api.Test;

/** A namespace goes although it holds StreamTables: Secrets go first, and nobody waits for them. */
class NamespaceDeletionTest {

  @Test
  void aNamespaceWithTablesGoes() {
    try (OperatorWorld world = OperatorWorld.create("going")) {
      StandInCluster cluster = world.cluster(Shop.CLUSTER, 1);
      Shop.create(cluster);
      try (OperatorProcess operator = world.operator().awaitReady()) {
        world.apply(Shop.manifest("retained", Shop.QUERY, "  deletionPolicy: Retain\n"));
        world.apply(Shop.manifest("deleted", Shop.QUERY, "  deletionPolicy: Delete\n"));
        world.apply(Shop.manifest("never", "SELECT id FROM nowhere", ""));
        world.awaitReady("retained", "Serving");
        world.awaitReady("deleted", "Serving");
        world.plane().client().namespaces().withName(world.namespace()).delete();
        OperatorWorld.await(
            "the namespace is gone",
            () -> world.plane().client().namespaces().withName(world.namespace()).get() == null,
            () -> world.kubectl("get", "streamtables", "-o", "yaml") + operator.log());
      }
    }
  }
}
