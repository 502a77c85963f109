package dev.pgtrickle.operator.snapshot;

import dev.pgtrickle.crds.FieldManagers;
import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.snapshot.Snapshot;
import dev.pgtrickle.crds.snapshot.SnapshotCondition;
import dev.pgtrickle.crds.snapshot.SnapshotReason;
import dev.pgtrickle.crds.snapshot.SnapshotStatus;
import dev.pgtrickle.operator.status.StatusApply;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Says of each Snapshot that this release does not act on it. It never begins anything, so that a
 * later release finds nothing half done.
 */
@Singleton
@ControllerConfiguration(name = "snapshot", fieldManager = FieldManagers.OPERATOR)
@GradualRetry(
    maxAttempts = -1,
    initialInterval = 2_000,
    intervalMultiplier = 2,
    maxInterval = 300_000)
public final class SnapshotReconciler implements Reconciler<Snapshot> {
  private static final String MESSAGE = "Snapshot comes with a later release; nothing was copied";

  private final StatusApply status;
  private final Clock clock;

  SnapshotReconciler(KubernetesClient client, Clock clock) {
    this.status = new StatusApply(client);
    this.clock = clock;
  }

  @Override
  public UpdateControl<Snapshot> reconcile(Snapshot resource, Context<Snapshot> context) {
    SnapshotStatus wanted = unsupported(resource, clock.instant());
    if (!wanted.equals(resource.getStatus())) {
      Snapshot fresh = new Snapshot();
      fresh.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(resource.getMetadata().getNamespace())
              .withName(resource.getMetadata().getName())
              .build());
      fresh.setStatus(wanted);
      status.write(fresh);
    }
    return UpdateControl.noUpdate();
  }

  static SnapshotStatus unsupported(Snapshot resource, Instant now) {
    Long generation = resource.getMetadata().getGeneration();
    long observed = generation == null ? 0 : generation;
    List<Condition> before =
        resource.getStatus() == null ? List.of() : resource.getStatus().conditions();
    Conditions conditions =
        new Conditions(
                List.of(
                    SnapshotCondition.READY.isFalse(
                        SnapshotReason.UNSUPPORTED, MESSAGE, observed, now),
                    SnapshotCondition.STALLED.isTrue(
                        SnapshotReason.UNSUPPORTED, MESSAGE, observed, now)))
            .after(before);
    return new SnapshotStatus(observed, null, null, null, List.of(), null, conditions.all());
  }
}
