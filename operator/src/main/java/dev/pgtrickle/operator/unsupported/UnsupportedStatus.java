package dev.pgtrickle.operator.unsupported;

import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.operator.status.StatusApply;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of each object of a kind that this release does not act on it. Nothing is ever begun, so
 * that a later release finds nothing half done.
 */
public final class UnsupportedStatus<R extends CustomResource<?, S>, S> {
  private final LaterKind<R, S> kind;
  private final StatusApply status;
  private final Clock clock;

  public UnsupportedStatus(LaterKind<R, S> kind, KubernetesClient client, Clock clock) {
    this.kind = kind;
    this.status = new StatusApply(client);
    this.clock = clock;
  }

  /** Writes it where it is not written yet. */
  public void say(R resource) {
    S wanted = of(resource);
    if (!wanted.equals(resource.getStatus())) {
      R fresh = kind.empty();
      fresh.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(resource.getMetadata().getNamespace())
              .withName(resource.getMetadata().getName())
              .build());
      fresh.setStatus(wanted);
      status.write(fresh);
    }
  }

  S of(R resource) {
    Long generation = resource.getMetadata().getGeneration();
    long observed = generation == null ? 0 : generation;
    @Nullable S present = resource.getStatus();
    List<Condition> before = present == null ? List.of() : kind.conditions(present);
    Conditions conditions =
        new Conditions(kind.unsupported(kind.message(), observed, clock.instant())).after(before);
    return kind.status(observed, conditions.all());
  }
}
