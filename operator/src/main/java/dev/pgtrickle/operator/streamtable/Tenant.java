package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.binding.ServerReference;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.lifecycle.Owners;
import dev.pgtrickle.operator.configuration.KubernetesIdentity;
import java.util.Optional;

/**
 * Whether a resource still has what it claimed. Pure. A database that was recovered from a backup
 * or cloned says of its relations that they belong to the resources of the original, which live on,
 * but elsewhere: there they hold nothing.
 */
final class Tenant {
  private final KubernetesIdentity kubernetes;

  Tenant(KubernetesIdentity kubernetes) {
    this.kubernetes = kubernetes;
  }

  /**
   * What is known about an owner.
   *
   * @param owner whom the database names
   * @param present the resource of that name, if there is one
   * @param asked what somebody else asks for
   */
  Owners.Liveness liveness(Origin owner, Optional<StreamTable> present, Whereabouts asked) {
    if (present.isEmpty() || !owner.uid().equals(present.get().getMetadata().getUid())) {
      return Owners.Liveness.GONE;
    }
    // Without whereabouts it cannot be said that it is elsewhere.
    if (Whereabouts.of(present.get(), kubernetes)
        .filter(where -> isElsewhere(where, asked))
        .isPresent()) {
      return Owners.Liveness.GONE;
    }
    return present.get().getMetadata().getDeletionTimestamp() == null
        ? Owners.Liveness.ALIVE
        : Owners.Liveness.UNCERTAIN;
  }

  private static boolean isElsewhere(Whereabouts where, Whereabouts asked) {
    return !where.relation().equals(asked.relation())
        || !where.database().database().equals(asked.database().database())
        || areTwo(where.database().server(), asked.database().server());
  }

  /**
   * Two Clusters are two servers. Two Secrets, or a Secret and a Cluster, may well describe one and
   * the same: nothing is taken from anybody on a guess.
   */
  private static boolean areTwo(ServerReference one, ServerReference other) {
    return one instanceof ServerReference.Cluster
        && other instanceof ServerReference.Cluster
        && !one.equals(other);
  }
}
