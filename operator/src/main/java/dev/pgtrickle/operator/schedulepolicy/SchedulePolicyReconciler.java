package dev.pgtrickle.operator.schedulepolicy;

import dev.pgtrickle.crds.FieldManagers;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicy;
import dev.pgtrickle.operator.unsupported.UnsupportedStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the framework calls for the kind SchedulePolicy, which a later release acts on. */
@Singleton
@ControllerConfiguration(name = "schedulepolicy", fieldManager = FieldManagers.OPERATOR)
@GradualRetry(
    maxAttempts = -1,
    initialInterval = 2_000,
    intervalMultiplier = 2,
    maxInterval = 300_000)
public final class SchedulePolicyReconciler implements Reconciler<SchedulePolicy> {
  private final UnsupportedStatus<SchedulePolicy, ?> status;

  SchedulePolicyReconciler(KubernetesClient client, Clock clock) {
    this.status = new UnsupportedStatus<>(new LaterSchedulePolicy(), client, clock);
  }

  @Override
  public UpdateControl<SchedulePolicy> reconcile(
      SchedulePolicy resource, Context<SchedulePolicy> context) {
    status.say(resource);
    return UpdateControl.noUpdate();
  }
}
