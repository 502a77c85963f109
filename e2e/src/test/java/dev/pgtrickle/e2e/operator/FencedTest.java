package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Fencing stops PostgreSQL and leaves the Cluster looking healthy. */
class FencedTest {
  @Test
  void fencedAndBackAndThenDeleted() {
    try (TakenAwayWorld taken = TakenAwayWorld.create("fenced")) {
      taken.cluster().fence();
      taken.awaitDatabase("FALSE Fenced");
      assertThat(taken.ready()).isEqualTo("FALSE DatabaseUnavailable");
      taken.cluster().unfence();
      taken.awaitServed(20_000);

      taken.cluster().delete();
      taken.awaitDatabase("FALSE ClusterNotFound");
      OperatorWorld world = taken.world();
      world.kubectl("delete", "streamtable", TakenAwayWorld.TABLE, "--timeout=60s");
      assertThat(
              world.plane().kubectl().run("get", "events", "-n", OperatorWorld.NAMESPACE).output())
          .contains("CleanupSkipped");
    }
  }
}
