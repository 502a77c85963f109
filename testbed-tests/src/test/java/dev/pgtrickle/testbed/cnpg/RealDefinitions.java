package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import org.junit.jupiter.api.Assumptions;

/**
 * A server that knows CloudNativePG's own definitions, where the environment says where they are.
 */
final class RealDefinitions {
  private RealDefinitions() {}

  /** Not the shared one: there the small definition is installed. */
  static ControlPlane start() {
    var definitions = ClusterDefinitions.ofCloudNativePg();
    Assumptions.assumeTrue(
        definitions.isPresent(), ClusterDefinitions.FOLDER_VARIABLE + " names no folder");
    ControlPlane plane = ControlPlane.builder().progress(System.err::println).start();
    definitions.orElseThrow().installIn(plane.client());
    return plane;
  }
}
