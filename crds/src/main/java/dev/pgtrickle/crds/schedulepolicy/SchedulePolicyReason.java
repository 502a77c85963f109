package dev.pgtrickle.crds.schedulepolicy;

import dev.pgtrickle.crds.condition.ConditionReason;

/**
 * Why a condition of a SchedulePolicy is what it is. Words are stable: scripts and alerts rely on
 * them.
 */
public enum SchedulePolicyReason implements ConditionReason {
  ACCEPTED,
  INVALID_SCHEDULE,
  UNSUPPORTED,
  SAME_PRIORITY,
  QUOTAS_MEET
}
