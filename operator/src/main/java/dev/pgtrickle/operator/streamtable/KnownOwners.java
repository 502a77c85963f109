package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.lifecycle.Owners;
import dev.pgtrickle.operator.configuration.KubernetesIdentity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Asks the API server, not a cache, whether those who claimed a relation are still there: a cache
 * that is behind would let one take what is another's.
 */
final class KnownOwners implements Owners {
  private final KubernetesClient client;
  private final KubernetesIdentity kubernetes;

  KnownOwners(KubernetesClient client, KubernetesIdentity kubernetes) {
    this.client = client;
    this.kubernetes = kubernetes;
  }

  @Override
  public Liveness of(Origin owner) {
    if (!owner.kubernetes().equals(kubernetes.uid())) {
      // Nobody here can know. Taking over from there needs adoptionPolicy: IfOrphaned, which is
      // the word of somebody who does know.
      return Liveness.GONE;
    }
    try {
      StreamTable present =
          client
              .resources(StreamTable.class)
              .inNamespace(owner.namespace())
              .withName(owner.name())
              .get();
      if (present == null || !owner.uid().equals(present.getMetadata().getUid())) {
        return Liveness.GONE;
      }
      return present.getMetadata().getDeletionTimestamp() == null
          ? Liveness.ALIVE
          : Liveness.UNCERTAIN;
    } catch (KubernetesClientException failure) {
      return Liveness.UNCERTAIN;
    }
  }
}
