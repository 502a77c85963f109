package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.binding.StreamTableBinder;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.operator.cluster.ClusterStanding;
import java.time.Instant;
import java.util.Optional;

/**
 * What is there when a reconciliation begins.
 *
 * @param previous the status that was written last, by whomever
 * @param where its relation is; empty when the spec does not even say that
 * @param bound what the resource means, or what is wrong with it
 * @param cluster empty when the resource names a server outside of any Cluster
 */
record Facts(
    StreamTable resource,
    StreamTableStatus previous,
    Marks marks,
    Optional<Whereabouts> where,
    StreamTableBinder.Outcome bound,
    Optional<ClusterStanding> cluster,
    Instant now) {

  long generation() {
    Long generation = resource.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }
}
