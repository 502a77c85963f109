package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.binding.StreamTableBinder;
import dev.pgtrickle.cnpg.primary.PrimaryState;
import dev.pgtrickle.crds.streamtable.NamedReference;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.operator.cluster.ClusterStanding;
import dev.pgtrickle.operator.configuration.KubernetesIdentity;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Optional;

/** A resource of the namespace shop and what is known of it. */
final class SampleFacts {
  private SampleFacts() {}

  static StreamTable resource() {
    StreamTable table =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: pgtrickle.dev/v1alpha1
                kind: StreamTable
                metadata: {name: order-totals, namespace: shop}
                spec:
                  cluster: {name: pg-main}
                  database: app
                  query: SELECT customer_id, count(*) AS orders FROM orders GROUP BY customer_id
                """,
                StreamTable.class);
    table.setMetadata(
        new ObjectMetaBuilder(table.getMetadata()).withUid("uid-1").withGeneration(4L).build());
    if (!table.getSpec().cluster().equals(new NamedReference("pg-main"))) {
      throw new IllegalStateException("the sample was not read");
    }
    return table;
  }

  static Facts facts(StreamTableStatus previous) {
    return facts(previous, Reports.NOW, Optional.empty());
  }

  static Facts facts(StreamTableStatus previous, Instant now, Optional<Instant> primaryChangedAt) {
    StreamTable resource = resource();
    return new Facts(
        resource,
        previous,
        Marks.of(resource),
        Whereabouts.of(resource, new KubernetesIdentity("k")),
        new StreamTableBinder().bind(resource),
        Optional.of(
            new ClusterStanding(
                Optional.empty(), new PrimaryState.Settled("pg-main-1", 1), primaryChangedAt)),
        now);
  }
}
