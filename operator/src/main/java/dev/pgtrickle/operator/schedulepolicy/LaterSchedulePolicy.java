package dev.pgtrickle.operator.schedulepolicy;

import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicy;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicyCondition;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicyReason;
import dev.pgtrickle.crds.schedulepolicy.SchedulePolicyStatus;
import dev.pgtrickle.operator.unsupported.LaterKind;
import java.time.Instant;
import java.util.List;

/** The kind SchedulePolicy until its release. */
final class LaterSchedulePolicy implements LaterKind<SchedulePolicy, SchedulePolicyStatus> {

  @Override
  public String message() {
    return "SchedulePolicy comes with a later release; write spec.schedule into the StreamTables";
  }

  @Override
  public SchedulePolicy empty() {
    return new SchedulePolicy();
  }

  @Override
  public List<Condition> conditions(SchedulePolicyStatus status) {
    return status.conditions();
  }

  @Override
  public List<Condition> unsupported(String message, long generation, Instant now) {
    return List.of(
        SchedulePolicyCondition.READY.isFalse(
            SchedulePolicyReason.UNSUPPORTED, message, generation, now),
        SchedulePolicyCondition.STALLED.isTrue(
            SchedulePolicyReason.UNSUPPORTED, message, generation, now));
  }

  @Override
  public SchedulePolicyStatus status(long generation, List<Condition> conditions) {
    return new SchedulePolicyStatus(generation, null, conditions);
  }
}
