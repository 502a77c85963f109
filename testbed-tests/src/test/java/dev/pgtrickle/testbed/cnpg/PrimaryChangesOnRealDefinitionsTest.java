package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import dev.pgtrickle.testbed.postgres.PostgresVersion;
import dev.pgtrickle.testbed.postgres.TestServers;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The same against CloudNativePG's own definitions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrimaryChangesOnRealDefinitionsTest extends PrimaryChangesTest {
  private @Nullable ControlPlane plane;

  /** The definitions do not depend on the version. */
  static Stream<PostgresVersion> versions() {
    return Stream.of(TestServers.newest());
  }

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
