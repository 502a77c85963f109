package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The same against CloudNativePG's own definitions, where the environment says where they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandInClusterOnRealDefinitionsTest extends StandInClusterTest {
  private ControlPlane plane;

  /** The definitions do not depend on the version. */
  static Stream<PostgresVersion> versions() {
    return Stream.of(TestServers.newest());
  }

  @BeforeAll
  void start() {
    var definitions = ClusterDefinitions.ofCloudNativePg();
    Assumptions.assumeTrue(
        definitions.isPresent(), ClusterDefinitions.FOLDER_VARIABLE + " names no folder");
    // Not the shared one: there the small definition is installed.
    plane = ControlPlane.builder().progress(System.err::println).start();
    definitions.orElseThrow().installIn(plane.client());
  }

  @AfterAll
  void stopControlPlane() {
    if (plane != null) {
      plane.close();
    }
  }

  @Override
  ControlPlane controlPlane() {
    return plane;
  }
}
