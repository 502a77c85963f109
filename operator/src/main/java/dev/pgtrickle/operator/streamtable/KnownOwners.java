package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.lifecycle.Owners;
import dev.pgtrickle.operator.configuration.KubernetesIdentity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * Asks the API server, not a cache, whether those who claimed a relation are still there: a cache
 * that is behind would let one take what is another's.
 */
final class KnownOwners {
  private final KubernetesClient client;
  private final KubernetesIdentity kubernetes;
  private final Tenant tenant;

  KnownOwners(KubernetesClient client, KubernetesIdentity kubernetes) {
    this.client = client;
    this.kubernetes = kubernetes;
    this.tenant = new Tenant(kubernetes);
  }

  /** Those who claimed what somebody asks for now. */
  Owners of(Whereabouts asked) {
    return owner -> liveness(owner, asked);
  }

  private Owners.Liveness liveness(Origin owner, Whereabouts asked) {
    if (!owner.kubernetes().equals(kubernetes.uid())) {
      // Nobody here can know. Taking over from there needs adoptionPolicy: IfOrphaned, which is
      // the word of somebody who does know.
      return Owners.Liveness.GONE;
    }
    try {
      return tenant.liveness(
          owner,
          Optional.ofNullable(
              client
                  .resources(StreamTable.class)
                  .inNamespace(owner.namespace())
                  .withName(owner.name())
                  .get()),
          asked);
    } catch (KubernetesClientException failure) {
      return Owners.Liveness.UNCERTAIN;
    }
  }
}
