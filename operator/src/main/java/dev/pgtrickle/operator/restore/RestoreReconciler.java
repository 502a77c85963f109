package dev.pgtrickle.operator.restore;

import dev.pgtrickle.crds.FieldManagers;
import dev.pgtrickle.crds.restore.Restore;
import dev.pgtrickle.operator.unsupported.UnsupportedStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the framework calls for the kind Restore, which a later release acts on. */
@Singleton
@ControllerConfiguration(name = "restore", fieldManager = FieldManagers.OPERATOR)
@GradualRetry(
    maxAttempts = -1,
    initialInterval = 2_000,
    intervalMultiplier = 2,
    maxInterval = 300_000)
public final class RestoreReconciler implements Reconciler<Restore> {
  private final UnsupportedStatus<Restore, ?> status;

  RestoreReconciler(KubernetesClient client, Clock clock) {
    this.status = new UnsupportedStatus<>(new LaterRestore(), client, clock);
  }

  @Override
  public UpdateControl<Restore> reconcile(Restore resource, Context<Restore> context) {
    status.say(resource);
    return UpdateControl.noUpdate();
  }
}
