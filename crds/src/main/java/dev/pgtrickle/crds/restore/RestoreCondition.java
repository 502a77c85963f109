package dev.pgtrickle.crds.restore;

import dev.pgtrickle.crds.condition.ConditionStatus;
import dev.pgtrickle.crds.condition.ConditionType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Conditions of a Restore with the reasons that each may have. Ready is False with the reason of
 * Stalled where it has none of its own.
 */
public enum RestoreCondition implements ConditionType<RestoreReason> {
  /** The Restore has had its effect. */
  READY,

  /** The Restore has had its effect; only there while True. */
  COMPLETE,

  /** The Restore failed for good; only there while True, with the reason of Stalled. */
  FAILED,

  /** We are at work, wait or retry by ourselves; only there while True. */
  RECONCILING,

  /** Nothing goes on until the user acts; only there while True. */
  STALLED;

  @Override
  public Set<RestoreReason> reasons(ConditionStatus status) {
    return switch (status) {
      case TRUE -> whenTrue();
      case FALSE -> whenFalse();
      case UNKNOWN -> EnumSet.noneOf(RestoreReason.class);
    };
  }

  private Set<RestoreReason> whenTrue() {
    return switch (this) {
      case READY -> EnumSet.of(RestoreReason.COMPLETED, RestoreReason.ALREADY_DONE);
      case COMPLETE -> EnumSet.of(RestoreReason.COMPLETED, RestoreReason.ALREADY_DONE);
      case FAILED ->
          EnumSet.of(
              RestoreReason.SNAPSHOT_SOURCE_NOT_FOUND,
              RestoreReason.SNAPSHOT_ALREADY_EXISTS,
              RestoreReason.SNAPSHOT_SCHEMA_VERSION_MISMATCH,
              RestoreReason.LINEAGE_MISMATCH,
              RestoreReason.DEFINITION_MISMATCH,
              RestoreReason.EXPIRED,
              RestoreReason.PERMISSION_DENIED,
              RestoreReason.RETRIES_EXHAUSTED);
      case RECONCILING -> EnumSet.of(RestoreReason.RUNNING, RestoreReason.WAITING_FOR_DATABASE);
      case STALLED ->
          EnumSet.of(
              RestoreReason.SNAPSHOT_SOURCE_NOT_FOUND,
              RestoreReason.SNAPSHOT_ALREADY_EXISTS,
              RestoreReason.SNAPSHOT_SCHEMA_VERSION_MISMATCH,
              RestoreReason.LINEAGE_MISMATCH,
              RestoreReason.DEFINITION_MISMATCH,
              RestoreReason.EXPIRED,
              RestoreReason.PERMISSION_DENIED,
              RestoreReason.RETRIES_EXHAUSTED,
              RestoreReason.UNSUPPORTED);
    };
  }

  private Set<RestoreReason> whenFalse() {
    return switch (this) {
      case READY -> {
        Set<RestoreReason> reasons = EnumSet.copyOf(STALLED.whenTrue());
        Collections.addAll(reasons, RestoreReason.RUNNING, RestoreReason.WAITING_FOR_DATABASE);
        yield reasons;
      }
      case COMPLETE, FAILED, RECONCILING, STALLED -> EnumSet.noneOf(RestoreReason.class);
    };
  }
}
