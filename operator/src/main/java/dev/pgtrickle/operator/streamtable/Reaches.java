package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.cnpg.primary.Trouble;
import dev.pgtrickle.crds.streamtable.StreamTableReason;

/** Troubles of a Cluster as reasons of the condition DatabaseReachable. */
final class Reaches {
  private Reaches() {}

  static StreamTableReason of(Trouble trouble) {
    return switch (trouble) {
      case CLUSTER_NOT_FOUND -> StreamTableReason.CLUSTER_NOT_FOUND;
      case CLUSTER_NOT_READY -> StreamTableReason.CLUSTER_NOT_READY;
      case FAILOVER_IN_PROGRESS -> StreamTableReason.FAILOVER_IN_PROGRESS;
      case HIBERNATED -> StreamTableReason.HIBERNATED;
      case FENCED -> StreamTableReason.FENCED;
      case REPLICA_CLUSTER -> StreamTableReason.REPLICA_CLUSTER;
    };
  }
}
