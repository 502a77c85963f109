package dev.pgtrickle.operator.restore;

import dev.pgtrickle.crds.FieldManagers;
import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.restore.Restore;
import dev.pgtrickle.crds.restore.RestoreCondition;
import dev.pgtrickle.crds.restore.RestoreReason;
import dev.pgtrickle.crds.restore.RestoreStatus;
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
 * Says of each Restore that this release does not act on it. It never begins anything, so that a
 * later release finds nothing half done.
 */
@Singleton
@ControllerConfiguration(name = "restore", fieldManager = FieldManagers.OPERATOR)
@GradualRetry(
    maxAttempts = -1,
    initialInterval = 2_000,
    intervalMultiplier = 2,
    maxInterval = 300_000)
public final class RestoreReconciler implements Reconciler<Restore> {
  private static final String MESSAGE = "Restore comes with a later release; nothing was changed";

  private final StatusApply status;
  private final Clock clock;

  RestoreReconciler(KubernetesClient client, Clock clock) {
    this.status = new StatusApply(client);
    this.clock = clock;
  }

  @Override
  public UpdateControl<Restore> reconcile(Restore resource, Context<Restore> context) {
    RestoreStatus wanted = unsupported(resource, clock.instant());
    if (!wanted.equals(resource.getStatus())) {
      Restore fresh = new Restore();
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

  static RestoreStatus unsupported(Restore resource, Instant now) {
    Long generation = resource.getMetadata().getGeneration();
    long observed = generation == null ? 0 : generation;
    List<Condition> before =
        resource.getStatus() == null ? List.of() : resource.getStatus().conditions();
    Conditions conditions =
        new Conditions(
                List.of(
                    RestoreCondition.READY.isFalse(
                        RestoreReason.UNSUPPORTED, MESSAGE, observed, now),
                    RestoreCondition.STALLED.isTrue(
                        RestoreReason.UNSUPPORTED, MESSAGE, observed, now)))
            .after(before);
    return new RestoreStatus(observed, null, null, List.of(), conditions.all());
  }
}
