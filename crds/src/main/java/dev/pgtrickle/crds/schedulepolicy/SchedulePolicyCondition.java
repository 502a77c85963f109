package dev.pgtrickle.crds.schedulepolicy;

import dev.pgtrickle.crds.condition.ConditionStatus;
import dev.pgtrickle.crds.condition.ConditionType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Conditions of a SchedulePolicy with the reasons that each may have. Ready is False with the
 * reason of Stalled where it has none of its own.
 */
public enum SchedulePolicyCondition implements ConditionType<SchedulePolicyReason> {
  /** The policy counts. */
  READY,

  /** Nothing goes on until the user acts; only there while True. */
  STALLED,

  /**
   * * Another policy of the same priority matches the same tables, or quotas for one database meet;
   * only there while True.
   */
  OVERLAPS;

  @Override
  public Set<SchedulePolicyReason> reasons(ConditionStatus status) {
    return switch (status) {
      case TRUE -> whenTrue();
      case FALSE -> whenFalse();
      case UNKNOWN -> EnumSet.noneOf(SchedulePolicyReason.class);
    };
  }

  private Set<SchedulePolicyReason> whenTrue() {
    return switch (this) {
      case READY -> EnumSet.of(SchedulePolicyReason.ACCEPTED);
      case STALLED ->
          EnumSet.of(SchedulePolicyReason.INVALID_SCHEDULE, SchedulePolicyReason.UNSUPPORTED);
      case OVERLAPS ->
          EnumSet.of(SchedulePolicyReason.SAME_PRIORITY, SchedulePolicyReason.QUOTAS_MEET);
    };
  }

  private Set<SchedulePolicyReason> whenFalse() {
    return switch (this) {
      case READY -> {
        Set<SchedulePolicyReason> reasons = EnumSet.copyOf(STALLED.whenTrue());
        Collections.addAll(reasons, SchedulePolicyReason.INVALID_SCHEDULE);
        yield reasons;
      }
      case STALLED, OVERLAPS -> EnumSet.noneOf(SchedulePolicyReason.class);
    };
  }
}
