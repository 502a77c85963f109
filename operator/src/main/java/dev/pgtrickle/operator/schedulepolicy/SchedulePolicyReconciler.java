package dev.pgtrickle.operator.schedulepolicy;

import dev.pgtrickle.crds.FieldManagers;
import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicy;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicyCondition;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicyReason;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicyStatus;
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
 * Says of each SchedulePolicy that this release does not act on it. It never begins anything, so
 * that a later release finds nothing half done.
 */
@Singleton
@ControllerConfiguration(name = "schedulepolicy", fieldManager = FieldManagers.OPERATOR)
@GradualRetry(
    maxAttempts = -1,
    initialInterval = 2_000,
    intervalMultiplier = 2,
    maxInterval = 300_000)
public final class SchedulePolicyReconciler implements Reconciler<SchedulePolicy> {
  private static final String MESSAGE =
      "SchedulePolicy comes with a later release; write spec.schedule into the StreamTables";

  private final StatusApply status;
  private final Clock clock;

  SchedulePolicyReconciler(KubernetesClient client, Clock clock) {
    this.status = new StatusApply(client);
    this.clock = clock;
  }

  @Override
  public UpdateControl<SchedulePolicy> reconcile(
      SchedulePolicy resource, Context<SchedulePolicy> context) {
    SchedulePolicyStatus wanted = unsupported(resource, clock.instant());
    if (!wanted.equals(resource.getStatus())) {
      SchedulePolicy fresh = new SchedulePolicy();
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

  static SchedulePolicyStatus unsupported(SchedulePolicy resource, Instant now) {
    Long generation = resource.getMetadata().getGeneration();
    long observed = generation == null ? 0 : generation;
    List<Condition> before =
        resource.getStatus() == null ? List.of() : resource.getStatus().conditions();
    Conditions conditions =
        new Conditions(
                List.of(
                    SchedulePolicyCondition.READY.isFalse(
                        SchedulePolicyReason.UNSUPPORTED, MESSAGE, observed, now),
                    SchedulePolicyCondition.STALLED.isTrue(
                        SchedulePolicyReason.UNSUPPORTED, MESSAGE, observed, now)))
            .after(before);
    return new SchedulePolicyStatus(observed, null, conditions.all());
  }
}
