package dev.pgtrickle.testbed.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.UUID;

/** A namespace of one test. Closing it asks for its deletion, for which nobody waits. */
public record TestNamespace(ControlPlane controlPlane, String name) implements AutoCloseable {
  /** Makes a namespace whose name begins so. */
  public static TestNamespace create(ControlPlane controlPlane, String prefix) {
    String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    controlPlane
        .client()
        .namespaces()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return new TestNamespace(controlPlane, name);
  }

  /** The administrator's client. */
  public KubernetesClient client() {
    return controlPlane.client();
  }

  @Override
  public void close() {
    client().namespaces().withName(name).delete();
  }
}
