package dev.pgtrickle.operator.streamtable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.binding.ServerReference;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.lifecycle.Owners.Liveness;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.operator.configuration.KubernetesIdentity;
import dev.pgtrickle.operator.database.DatabaseKey;
import dev.pgtrickle.operator.database.TableId;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantTest {
  private static final ServerReference ORIGINAL = new ServerReference.Cluster("shop", "pg-main");
  private static final ServerReference RECOVERED =
      new ServerReference.Cluster("shop", "pg-restored");

  private final Tenant tenant = new Tenant(new KubernetesIdentity("k"));

  @Test
  void whoWantsItHereIsAlive() {
    assertThat(liveness(SampleFacts.resource(), asked(ORIGINAL))).isEqualTo(Liveness.ALIVE);
  }

  @Test
  void theOwnerOfTheOriginalHoldsNothingInACopy() {
    assertThat(liveness(SampleFacts.resource(), asked(RECOVERED))).isEqualTo(Liveness.GONE);
    assertThat(
            liveness(
                SampleFacts.resource(), asked(new ServerReference.Cluster("other", "pg-main"))))
        .as("a Cluster of another namespace")
        .isEqualTo(Liveness.GONE);
    assertThat(liveness(SampleFacts.resource(), asked(ORIGINAL, "copy_of_app", Reports.RELATION)))
        .as("another database of the same server")
        .isEqualTo(Liveness.GONE);
    assertThat(
            liveness(
                SampleFacts.resource(),
                asked(ORIGINAL, "app", QualifiedName.of("public", "something_else"))))
        .isEqualTo(Liveness.GONE);
    assertThat(liveness(leaving(), asked(RECOVERED)))
        .as("nobody waits for what ends in another database")
        .isEqualTo(Liveness.GONE);
  }

  @Test
  void aSecretMayDescribeTheSameServer() {
    ServerReference secret = new ServerReference.Secret("shop", "pg");
    assertThat(liveness(SampleFacts.resource(), asked(secret))).isEqualTo(Liveness.ALIVE);
    assertThat(liveness(byConnection(), asked(new ServerReference.Secret("shop", "pg-2"))))
        .isEqualTo(Liveness.ALIVE);
    assertThat(liveness(byConnection(), asked(RECOVERED))).isEqualTo(Liveness.ALIVE);
    assertThat(liveness(byConnection(), asked(secret, "copy_of_app", Reports.RELATION)))
        .isEqualTo(Liveness.GONE);
  }

  @Test
  void whoIsNotThereIsGone() {
    assertThat(tenant.liveness(Reports.OWNER, Optional.empty(), asked(ORIGINAL)))
        .isEqualTo(Liveness.GONE);
    assertThat(
            tenant.liveness(
                new Origin("k", "shop", "order-totals", "uid-before"),
                Optional.of(SampleFacts.resource()),
                asked(ORIGINAL)))
        .as("another resource bears the name now")
        .isEqualTo(Liveness.GONE);
  }

  @Test
  void whoLeavesIsWaitedFor() {
    assertThat(liveness(leaving(), asked(ORIGINAL))).isEqualTo(Liveness.UNCERTAIN);
  }

  @Test
  void whoSaysNotWhereHeIsIsAlive() {
    StreamTable silent =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: pgtrickle.dev/v1alpha1
                kind: StreamTable
                metadata: {name: order-totals, namespace: shop, uid: uid-1}
                spec: {query: SELECT 1}
                """,
                StreamTable.class);
    assertThat(liveness(silent, asked(RECOVERED))).isEqualTo(Liveness.ALIVE);
  }

  private Liveness liveness(StreamTable present, Whereabouts asked) {
    return tenant.liveness(Reports.OWNER, Optional.of(present), asked);
  }

  private static StreamTable leaving() {
    StreamTable table = SampleFacts.resource();
    table.setMetadata(
        new ObjectMetaBuilder(table.getMetadata())
            .withDeletionTimestamp("2026-11-21T10:00:00Z")
            .build());
    return table;
  }

  private static StreamTable byConnection() {
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: pgtrickle.dev/v1alpha1
            kind: StreamTable
            metadata: {name: order-totals, namespace: shop, uid: uid-1}
            spec:
              connection: {secretRef: {name: pg}}
              database: app
              query: SELECT customer_id, count(*) AS orders FROM orders GROUP BY customer_id
            """,
            StreamTable.class);
  }

  private static Whereabouts asked(ServerReference server) {
    return asked(server, "app", Reports.RELATION);
  }

  private static Whereabouts asked(
      ServerReference server, String database, QualifiedName relation) {
    return new Whereabouts(
        new TableId("shop", "another"),
        new DatabaseKey(server, database),
        relation,
        new Origin("k", "shop", "another", "uid-2"));
  }
}
