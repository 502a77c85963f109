package dev.pgtrickle.testbed.kubernetes;

import dev.pgtrickle.testbed.machine.ExternalProgram;
import dev.pgtrickle.testbed.machine.TestbedException;
import java.nio.file.Path;

/** Makes a control plane know kinds of resources. */
public final class CustomResources {
  private CustomResources() {}

  /**
   * Applies the definitions of a folder or file by server-side apply, as users should, and waits
   * until the API server serves them. Applying them again changes nothing.
   */
  public static void install(ControlPlane plane, Path definitions) {
    String path = definitions.toAbsolutePath().toString();
    run(plane, "apply", "--server-side", "-f", path);
    run(plane, "wait", "--for=condition=Established", "--timeout=60s", "-f", path);
  }

  private static void run(ControlPlane plane, String... arguments) {
    ExternalProgram.Outcome outcome = plane.kubectl().run(arguments);
    if (!outcome.succeeded()) {
      throw new TestbedException(
          "kubectl " + String.join(" ", arguments) + ": " + outcome.output());
    }
  }
}
