package dev.pgtrickle.testbed.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;

/** A namespace of one test. Closing it asks for its deletion, for which nobody waits. */
public record TestNamespace(ControlPlane controlPlane, String name) implements AutoCloseable {
  /** The administrator's client. */
  public KubernetesClient client() {
    return controlPlane.client();
  }

  @Override
  public void close() {
    client().namespaces().withName(name).delete();
  }
}
