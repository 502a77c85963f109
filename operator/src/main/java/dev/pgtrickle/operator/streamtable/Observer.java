package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.binding.ServerReference;
import dev.pgtrickle.binding.StreamTableBinder;
import dev.pgtrickle.cnpg.cluster.Cluster;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.operator.cluster.ClusterStanding;
import dev.pgtrickle.operator.cluster.ClusterWatch;
import dev.pgtrickle.operator.configuration.KubernetesIdentity;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what is there. Reads caches only. */
final class Observer {
  private final ClusterWatch clusters;
  private final StatusBook book;
  private final KubernetesIdentity kubernetes;
  private final Clock clock;
  private final StreamTableBinder binder = new StreamTableBinder();

  Observer(ClusterWatch clusters, StatusBook book, KubernetesIdentity kubernetes, Clock clock) {
    this.clusters = clusters;
    this.book = book;
    this.kubernetes = kubernetes;
    this.clock = clock;
  }

  /**
   * What is there now.
   *
   * @param cluster the Cluster that the resource names, null when there is none
   */
  Facts observe(StreamTable resource, @Nullable Cluster cluster) {
    Optional<Whereabouts> where = Whereabouts.of(resource, kubernetes);
    Optional<ClusterStanding> standing =
        where
            .map(place -> place.database().server())
            .filter(ServerReference.Cluster.class::isInstance)
            .map(ServerReference.Cluster.class::cast)
            .map(server -> clusters.look(server.namespace(), server.name(), cluster));
    return new Facts(
        resource,
        book.last(resource),
        Marks.of(resource),
        where,
        binder.bind(resource),
        standing,
        clock.instant());
  }
}
