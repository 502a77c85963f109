package dev.pgtrickle.testbed.kubernetes;

/**
 * The control plane that all tests of a JVM share, started when first asked for and stopped with
 * the JVM. A test works in a namespace of its own; what is not in a namespace is shared.
 *
 * <p>Static for the reason that TestServers gives: JUnit creates test classes by itself.
 */
public final class TestControlPlane {
  private TestControlPlane() {}

  /** Starts with the first use of this class, and once. */
  private static final class Shared {
    private static final ControlPlane PLANE =
        ControlPlane.builder().progress(System.err::println).start();
  }

  /** The shared control plane. Do not close it: other tests use it. */
  public static ControlPlane get() {
    return Shared.PLANE;
  }

  /** Makes a namespace whose name begins so, for one test. */
  public static TestNamespace namespace(String prefix) {
    return TestNamespace.create(get(), prefix);
  }
}
