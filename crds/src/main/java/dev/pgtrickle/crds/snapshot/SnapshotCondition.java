package dev.pgtrickle.crds.snapshot;

import dev.pgtrickle.crds.condition.ConditionStatus;
import dev.pgtrickle.crds.condition.ConditionType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Conditions of a Snapshot with the reasons that each may have. Ready is False with the reason of
 * Stalled where it has none of its own.
 */
public enum SnapshotCondition implements ConditionType<SnapshotReason> {
  /** The Snapshot has had its effect. */
  READY,

  /** The Snapshot has had its effect; only there while True. */
  COMPLETE,

  /** The Snapshot failed for good; only there while True, with the reason of Stalled. */
  FAILED,

  /** We are at work, wait or retry by ourselves; only there while True. */
  RECONCILING,

  /** Nothing goes on until the user acts; only there while True. */
  STALLED;

  @Override
  public Set<SnapshotReason> reasons(ConditionStatus status) {
    return switch (status) {
      case TRUE -> whenTrue();
      case FALSE -> whenFalse();
      case UNKNOWN -> EnumSet.noneOf(SnapshotReason.class);
    };
  }

  private Set<SnapshotReason> whenTrue() {
    return switch (this) {
      case READY -> EnumSet.of(SnapshotReason.COMPLETED, SnapshotReason.ALREADY_DONE);
      case COMPLETE -> EnumSet.of(SnapshotReason.COMPLETED, SnapshotReason.ALREADY_DONE);
      case FAILED ->
          EnumSet.of(
              SnapshotReason.SNAPSHOT_SOURCE_NOT_FOUND,
              SnapshotReason.SNAPSHOT_ALREADY_EXISTS,
              SnapshotReason.SNAPSHOT_SCHEMA_VERSION_MISMATCH,
              SnapshotReason.LINEAGE_MISMATCH,
              SnapshotReason.DEFINITION_MISMATCH,
              SnapshotReason.EXPIRED,
              SnapshotReason.PERMISSION_DENIED,
              SnapshotReason.RETRIES_EXHAUSTED);
      case RECONCILING -> EnumSet.of(SnapshotReason.RUNNING, SnapshotReason.WAITING_FOR_DATABASE);
      case STALLED ->
          EnumSet.of(
              SnapshotReason.SNAPSHOT_SOURCE_NOT_FOUND,
              SnapshotReason.SNAPSHOT_ALREADY_EXISTS,
              SnapshotReason.SNAPSHOT_SCHEMA_VERSION_MISMATCH,
              SnapshotReason.LINEAGE_MISMATCH,
              SnapshotReason.DEFINITION_MISMATCH,
              SnapshotReason.EXPIRED,
              SnapshotReason.PERMISSION_DENIED,
              SnapshotReason.RETRIES_EXHAUSTED,
              SnapshotReason.IN_USE,
              SnapshotReason.UNSUPPORTED);
    };
  }

  private Set<SnapshotReason> whenFalse() {
    return switch (this) {
      case READY -> {
        Set<SnapshotReason> reasons = EnumSet.copyOf(STALLED.whenTrue());
        Collections.addAll(reasons, SnapshotReason.RUNNING, SnapshotReason.WAITING_FOR_DATABASE);
        yield reasons;
      }
      case COMPLETE, FAILED, RECONCILING, STALLED -> EnumSet.noneOf(SnapshotReason.class);
    };
  }
}
