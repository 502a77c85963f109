package dev.pgtrickle.crds.streamtable;

import dev.pgtrickle.crds.condition.ConditionStatus;
import dev.pgtrickle.crds.condition.ConditionType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Conditions of a StreamTable with the reasons that each may have. Ready is False with the reason
 * of Stalled where it has none of its own.
 */
public enum StreamTableCondition implements ConditionType<StreamTableReason> {
  /** The relation answers queries with a consistent result; only while Populated is True. */
  READY,

  /** We can connect to the primary and write. */
  DATABASE_REACHABLE,

  /** The query can be maintained. */
  QUERY_VALID,

  /** The relation has been loaded. */
  POPULATED,

  /** How the last refresh ended. */
  REFRESH_SUCCEEDED,

  /** The result is no older than promised. */
  FRESH,

  /** We are at work or retry by ourselves; only there while True. */
  RECONCILING,

  /** Nothing goes on until the user acts; only there while True. */
  STALLED,

  /** Somebody changed what is ours; only there while True. */
  DRIFTED;

  @Override
  public Set<StreamTableReason> reasons(ConditionStatus status) {
    return switch (status) {
      case TRUE -> whenTrue();
      case FALSE -> whenFalse();
      case UNKNOWN -> whenUnknown();
    };
  }

  private Set<StreamTableReason> whenTrue() {
    return switch (this) {
      case READY ->
          EnumSet.of(
              StreamTableReason.SERVING,
              StreamTableReason.SUSPENDED,
              StreamTableReason.MANUAL_SCHEDULE,
              StreamTableReason.FROZEN,
              StreamTableReason.REPLICA_CLUSTER,
              StreamTableReason.HIBERNATED);
      case DATABASE_REACHABLE -> EnumSet.of(StreamTableReason.CONNECTED);
      case QUERY_VALID -> EnumSet.of(StreamTableReason.DIFFERENTIAL, StreamTableReason.FULL_ONLY);
      case POPULATED ->
          EnumSet.of(StreamTableReason.LOADED, StreamTableReason.RESTORED_FROM_SNAPSHOT);
      case REFRESH_SUCCEEDED ->
          EnumSet.of(
              StreamTableReason.REFRESHED,
              StreamTableReason.NO_CHANGES,
              StreamTableReason.FELL_BACK_TO_FULL);
      case FRESH -> EnumSet.of(StreamTableReason.WITHIN_TARGET);
      case RECONCILING ->
          EnumSet.of(
              StreamTableReason.VALIDATING,
              StreamTableReason.CREATING,
              StreamTableReason.REBUILDING,
              StreamTableReason.REPAIRING,
              StreamTableReason.RETRYING,
              StreamTableReason.RESTORE_IN_PROGRESS,
              StreamTableReason.WAITING_FOR_DATABASE,
              StreamTableReason.WAITING_FOR_DEPENDENCY);
      case STALLED ->
          EnumSet.of(
              StreamTableReason.INVALID_QUERY,
              StreamTableReason.UNSUPPORTED_QUERY,
              StreamTableReason.CONFLICT,
              StreamTableReason.OBJECT_EXISTS,
              StreamTableReason.PERMISSION_DENIED,
              StreamTableReason.QUOTA_EXCEEDED,
              StreamTableReason.REPAIR_LOOP,
              StreamTableReason.INVALID_SCHEDULE,
              StreamTableReason.RETRIES_EXHAUSTED,
              StreamTableReason.NEGATIVE_MULTIPLICITY,
              StreamTableReason.PUBLICATION_FOR_ALL_TABLES,
              StreamTableReason.FUSE_BLOWN,
              StreamTableReason.CYCLIC_DEPENDENCY,
              StreamTableReason.DEPENDANTS_EXIST,
              StreamTableReason.CHANGE_REJECTED,
              StreamTableReason.UNSUPPORTED,
              StreamTableReason.AWAITING_APPROVAL);
      case DRIFTED ->
          EnumSet.of(
              StreamTableReason.RELATION_MISSING,
              StreamTableReason.COLUMNS_CHANGED,
              StreamTableReason.CAPTURE_MISSING,
              StreamTableReason.ROWS_MODIFIED,
              StreamTableReason.GRANTS_CHANGED,
              StreamTableReason.INDEX_MISSING);
    };
  }

  private Set<StreamTableReason> whenFalse() {
    return switch (this) {
      case READY -> {
        Set<StreamTableReason> reasons = EnumSet.copyOf(STALLED.whenTrue());
        Collections.addAll(
            reasons,
            StreamTableReason.PENDING,
            StreamTableReason.NOT_POPULATED,
            StreamTableReason.INITIALIZING,
            StreamTableReason.DATABASE_UNAVAILABLE,
            StreamTableReason.INVALID_QUERY,
            StreamTableReason.UNSUPPORTED_QUERY,
            StreamTableReason.SOURCE_MISSING,
            StreamTableReason.PERMISSION_DENIED,
            StreamTableReason.CONFLICT,
            StreamTableReason.OBJECT_EXISTS,
            StreamTableReason.QUOTA_EXCEEDED,
            StreamTableReason.REFRESH_FAILING,
            StreamTableReason.WAITING_FOR_DEPENDENCY,
            StreamTableReason.REBUILDING,
            StreamTableReason.DELETING);
        yield reasons;
      }
      case DATABASE_REACHABLE ->
          EnumSet.of(
              StreamTableReason.CLUSTER_NOT_FOUND,
              StreamTableReason.CLUSTER_NOT_READY,
              StreamTableReason.FAILOVER_IN_PROGRESS,
              StreamTableReason.HIBERNATED,
              StreamTableReason.FENCED,
              StreamTableReason.REPLICA_CLUSTER,
              StreamTableReason.AUTHENTICATION_FAILED,
              StreamTableReason.TLS_VERIFICATION_FAILED,
              StreamTableReason.SECRET_NOT_FOUND,
              StreamTableReason.UNREACHABLE);
      case QUERY_VALID ->
          EnumSet.of(
              StreamTableReason.PARSE_ERROR,
              StreamTableReason.UNSUPPORTED,
              StreamTableReason.QUERY_TOO_COMPLEX,
              StreamTableReason.HIDDEN_INPUTS,
              StreamTableReason.CYCLIC_DEPENDENCY,
              StreamTableReason.SOURCE_MISSING,
              StreamTableReason.TYPE_CHANGED,
              StreamTableReason.PERMISSION_DENIED,
              StreamTableReason.VOLATILE_FUNCTION);
      case POPULATED ->
          EnumSet.of(
              StreamTableReason.LOADING,
              StreamTableReason.LOAD_FAILED,
              StreamTableReason.SUSPENDED,
              StreamTableReason.NOT_REFRESHED_YET);
      case REFRESH_SUCCEEDED ->
          EnumSet.of(
              StreamTableReason.REFRESH_FAILED,
              StreamTableReason.TIMEOUT,
              StreamTableReason.LOCK_TIMEOUT,
              StreamTableReason.RESOURCE_LIMIT);
      case FRESH -> EnumSet.of(StreamTableReason.BEYOND_TARGET, StreamTableReason.RESTORED_STALE);
      case RECONCILING, STALLED, DRIFTED -> EnumSet.noneOf(StreamTableReason.class);
    };
  }

  private Set<StreamTableReason> whenUnknown() {
    return switch (this) {
      case FRESH -> EnumSet.of(StreamTableReason.SUSPENDED, StreamTableReason.NO_TARGET);
      case READY,
          DATABASE_REACHABLE,
          QUERY_VALID,
          POPULATED,
          REFRESH_SUCCEEDED,
          RECONCILING,
          STALLED,
          DRIFTED ->
          EnumSet.noneOf(StreamTableReason.class);
    };
  }
}
