package dev.pgtrickle.operator.snapshot;

import dev.pgtrickle.crds.FieldManagers;
import dev.pgtrickle.crds.snapshot.Snapshot;
import dev.pgtrickle.operator.unsupported.UnsupportedStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the framework calls for the kind Snapshot, which a later release acts on. */
@Singleton
@ControllerConfiguration(name = "snapshot", fieldManager = FieldManagers.OPERATOR)
@GradualRetry(
    maxAttempts = -1,
    initialInterval = 2_000,
    intervalMultiplier = 2,
    maxInterval = 300_000)
public final class SnapshotReconciler implements Reconciler<Snapshot> {
  private final UnsupportedStatus<Snapshot, ?> status;

  SnapshotReconciler(KubernetesClient client, Clock clock) {
    this.status = new UnsupportedStatus<>(new LaterSnapshot(), client, clock);
  }

  @Override
  public UpdateControl<Snapshot> reconcile(Snapshot resource, Context<Snapshot> context) {
    status.say(resource);
    return UpdateControl.noUpdate();
  }
}
