package dev.pgtrickle.operator.status;

import dev.pgtrickle.crds.FieldManagers;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Writes a status by server-side apply, under a field manager that owns nothing else. */
public final class StatusApply {
  private final KubernetesClient client;

  public StatusApply(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Writes it.
   *
   * @param fresh an object with namespace, name and status alone: what is in it is what we own
   */
  public <R extends CustomResource<?, ?>> void write(R fresh) {
    client
        .resource(fresh)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FieldManagers.OPERATOR_STATUS)
                .withForce(true)
                .build());
  }
}
