package dev.pgtrickle.crds.oneshot;

import dev.pgtrickle.crds.condition.ConditionReason;

/**
 * Why a condition of a Snapshot or a Restore is what it is. Words are stable: scripts and alerts
 * rely on them.
 */
public enum OneShotReason implements ConditionReason {
  COMPLETED,
  ALREADY_DONE,
  RUNNING,
  WAITING_FOR_DATABASE,
  SNAPSHOT_SOURCE_NOT_FOUND,
  SNAPSHOT_ALREADY_EXISTS,
  SNAPSHOT_SCHEMA_VERSION_MISMATCH,
  LINEAGE_MISMATCH,
  DEFINITION_MISMATCH,
  EXPIRED,
  PERMISSION_DENIED,
  RETRIES_EXHAUSTED,

  /** Of a Snapshot only: somebody still uses its archive. */
  IN_USE,

  UNSUPPORTED
}
