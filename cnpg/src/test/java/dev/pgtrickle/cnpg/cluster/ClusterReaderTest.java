package dev.pgtrickle.cnpg.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ClusterReaderTest {
  private final ClusterReader reader = new ClusterReader();
  private final KubernetesSerialization yaml = new KubernetesSerialization();

  @Test
  void readsAHealthyCluster() throws IOException {
    ClusterView view = read(healthy());
    assertThat(view)
        .isEqualTo(
            new ClusterView(
                "shop",
                "pg-main",
                ClusterView.Life.LIVING,
                ClusterView.Role.PRIMARY_CLUSTER,
                ClusterView.Activity.AWAKE,
                ClusterView.Fencing.NONE,
                ClusterView.Readiness.READY,
                "Cluster in healthy state",
                Optional.of("pg-main-1"),
                Optional.of("pg-main-1"),
                Optional.of("7710558286034186260"),
                1,
                "pg-main-ca"));
    assertThat(view.agreedPrimary()).contains("pg-main-1");
  }

  @Test
  void aHibernatedOneStillLooksHealthy() throws IOException {
    ClusterView view = read(annotated("cnpg.io/hibernation: \"on\""));
    assertThat(view.phase()).isEqualTo("Cluster in healthy state");
    assertThat(view.readiness()).isEqualTo(ClusterView.Readiness.READY);
    assertThat(view.activity()).isEqualTo(ClusterView.Activity.HIBERNATED);
  }

  @Test
  void theConditionTellsItWhileTheClusterWakesUp() throws IOException {
    ClusterView view =
        read(
            healthy()
                + "    - {type: cnpg.io/hibernation, status: \"True\", reason: Hibernated}\n");
    assertThat(view.activity()).isEqualTo(ClusterView.Activity.HIBERNATED);
  }

  @Test
  void fencingCountsWhenItMeansThePrimary() throws IOException {
    assertThat(fencing("[\"*\"]")).isEqualTo(ClusterView.Fencing.PRIMARY_FENCED);
    assertThat(fencing("[\"pg-main-1\"]")).isEqualTo(ClusterView.Fencing.PRIMARY_FENCED);
    assertThat(fencing("[\"pg-main-2\"]")).isEqualTo(ClusterView.Fencing.NONE);
    assertThat(fencing("not json")).isEqualTo(ClusterView.Fencing.NONE);
    assertThat(fencing("")).isEqualTo(ClusterView.Fencing.NONE);
  }

  @Test
  void aReplicaClusterByEitherSwitch() throws IOException {
    assertThat(role("{enabled: true, source: other}")).isEqualTo(ClusterView.Role.REPLICA_CLUSTER);
    assertThat(role("{enabled: false, source: other}")).isEqualTo(ClusterView.Role.PRIMARY_CLUSTER);
    assertThat(role("{primary: other, source: other}")).isEqualTo(ClusterView.Role.REPLICA_CLUSTER);
    assertThat(role("{primary: pg-main, source: other}"))
        .isEqualTo(ClusterView.Role.PRIMARY_CLUSTER);
    assertThat(role("{primary: berlin, self: berlin, source: other}"))
        .isEqualTo(ClusterView.Role.PRIMARY_CLUSTER);
  }

  @Test
  void oneWithoutAStatusIsJustBorn() {
    ClusterView view = read("kind: Cluster\nmetadata: {name: pg-main, namespace: shop}\n");
    assertThat(view.currentPrimary()).isEmpty();
    assertThat(view.certificateSecret()).isEqualTo("pg-main-ca");
  }

  /** Runs where a folder with real Clusters is named. */
  @Test
  void readsWhatWasObserved() throws IOException {
    String folder = System.getenv("PGTRICKLE_CNPG_OBSERVED");
    Assumptions.assumeTrue(folder != null, "PGTRICKLE_CNPG_OBSERVED names no folder");
    assertThat(read(Files.readString(Path.of(folder, "cluster-hibernated.yaml"))).activity())
        .isEqualTo(ClusterView.Activity.HIBERNATED);
    assertThat(read(Files.readString(Path.of(folder, "cluster-phase1.yaml"))).currentPrimary())
        .isEmpty();
    assertThat(read(Files.readString(Path.of(folder, "cluster-healthy-pg18.yaml"))).agreedPrimary())
        .contains("pg-main-1");
  }

  private ClusterView.Fencing fencing(String value) throws IOException {
    return read(annotated("cnpg.io/fencedInstances: '" + value + "'")).fencing();
  }

  private ClusterView.Role role(String replica) throws IOException {
    return read(healthy().replace("spec:\n", "spec:\n  replica: " + replica + "\n")).role();
  }

  private static String annotated(String annotation) throws IOException {
    return healthy().replace("generation: 1}", "generation: 1, annotations: {" + annotation + "}}");
  }

  private ClusterView read(String text) {
    return reader.read(yaml.unmarshal(text, Cluster.class));
  }

  private static String healthy() throws IOException {
    try (InputStream stream = ClusterReaderTest.class.getResourceAsStream("healthy.yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
