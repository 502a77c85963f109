package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The same against CloudNativePG's own definitions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandInClusterOnRealDefinitionsTest extends StandInClusterTest {
  private @Nullable ControlPlane plane;

  @BeforeAll
  void start() {
    plane = RealDefinitions.start();
  }

  @AfterAll
  void stopControlPlane() {
    if (plane != null) {
      plane.close();
    }
  }

  @Override
  ControlPlane controlPlane() {
    return Objects.requireNonNull(plane);
  }
}
