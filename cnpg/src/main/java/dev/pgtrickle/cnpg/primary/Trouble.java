package dev.pgtrickle.cnpg.primary;

/** Why a Cluster cannot be written to now. */
public enum Trouble {
  /** It is not there, or on its way out. */
  CLUSTER_NOT_FOUND,
  /** It has no primary yet. */
  CLUSTER_NOT_READY,
  /** The primary changes: a failover or a switchover. */
  FAILOVER_IN_PROGRESS,
  HIBERNATED,
  FENCED,
  /** It follows another cluster and is read only. */
  REPLICA_CLUSTER
}
