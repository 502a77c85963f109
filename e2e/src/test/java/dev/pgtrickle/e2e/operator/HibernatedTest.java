package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * A hibernated Cluster is at rest because its owner wants it so: nothing to alarm anybody about.
 */
class HibernatedTest {
  @Test
  void hibernatedAndBack() {
    try (TakenAwayWorld taken = TakenAwayWorld.create("hibernated")) {
      taken.cluster().hibernate();
      taken.awaitDatabase("FALSE Hibernated");
      assertThat(taken.ready()).isEqualTo("TRUE Hibernated");
      taken.cluster().wake();
      taken.awaitServed(30_000);
    }
  }
}
