package dev.pgtrickle.crds.oneshot;

import dev.pgtrickle.crds.condition.ConditionStatus;
import dev.pgtrickle.crds.condition.ConditionType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Conditions of a Snapshot or a Restore with the reasons that each may have. Ready is False with
 * the reason of Stalled where it has none of its own.
 */
public enum OneShotCondition implements ConditionType<OneShotReason> {
  /** It has had its effect. */
  READY,

  /** It has had its effect; only there while True. */
  COMPLETE,

  /** It failed for good; only there while True, with the reason of Stalled. */
  FAILED,

  /** We are at work, wait or retry by ourselves; only there while True. */
  RECONCILING,

  /** Nothing goes on until the user acts; only there while True. */
  STALLED;

  @Override
  public Set<OneShotReason> reasons(ConditionStatus status) {
    return switch (status) {
      case TRUE -> whenTrue();
      case FALSE -> whenFalse();
      case UNKNOWN -> EnumSet.noneOf(OneShotReason.class);
    };
  }

  private Set<OneShotReason> whenTrue() {
    return switch (this) {
      case READY, COMPLETE -> EnumSet.of(OneShotReason.COMPLETED, OneShotReason.ALREADY_DONE);
      case FAILED -> failures();
      case RECONCILING -> EnumSet.of(OneShotReason.RUNNING, OneShotReason.WAITING_FOR_DATABASE);
      case STALLED -> {
        Set<OneShotReason> reasons = failures();
        Collections.addAll(reasons, OneShotReason.IN_USE, OneShotReason.UNSUPPORTED);
        yield reasons;
      }
    };
  }

  private Set<OneShotReason> whenFalse() {
    return switch (this) {
      case READY -> {
        Set<OneShotReason> reasons = EnumSet.copyOf(STALLED.whenTrue());
        Collections.addAll(reasons, OneShotReason.RUNNING, OneShotReason.WAITING_FOR_DATABASE);
        yield reasons;
      }
      case COMPLETE, FAILED, RECONCILING, STALLED -> EnumSet.noneOf(OneShotReason.class);
    };
  }

  /** What no later try of the same object can mend. */
  private static Set<OneShotReason> failures() {
    return EnumSet.of(
        OneShotReason.SNAPSHOT_SOURCE_NOT_FOUND,
        OneShotReason.SNAPSHOT_ALREADY_EXISTS,
        OneShotReason.SNAPSHOT_SCHEMA_VERSION_MISMATCH,
        OneShotReason.LINEAGE_MISMATCH,
        OneShotReason.DEFINITION_MISMATCH,
        OneShotReason.EXPIRED,
        OneShotReason.PERMISSION_DENIED,
        OneShotReason.RETRIES_EXHAUSTED);
  }
}
