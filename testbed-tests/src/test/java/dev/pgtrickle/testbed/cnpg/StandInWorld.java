package dev.pgtrickle.testbed.cnpg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.kubernetes.ControlPlane;
import dev.pgtrickle.testbed.kubernetes.TestControlPlane;
import dev.pgtrickle.testbed.kubernetes.TestNamespace;
import dev.pgtrickle.testbed.postgres.SqlSession;
import dev.pgtrickle.testbed.postgres.TestServers;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A namespace with stand-ins in it, on a server that knows the small definition. */
abstract class StandInWorld {
  TestNamespace namespace;
  StandInClusters clusters;

  /** Overridden where the real definitions are installed. */
  ControlPlane controlPlane() {
    ControlPlane plane = TestControlPlane.get();
    ClusterDefinitions.small().installIn(plane.client());
    return plane;
  }

  @BeforeEach
  void watch() {
    namespace = TestNamespace.create(controlPlane(), "cnpg");
    clusters =
        StandInClusters.in(
            namespace.controlPlane(),
            namespace.name(),
            StandInSettings.of(TestServers.newest())
                .at(Pace.BRISK)
                .tellingProgressTo(System.err::println));
  }

  @AfterEach
  void stop() {
    clusters.close();
    namespace.close();
  }

  final void annotate(StandInCluster cluster, String annotation) {
    var outcome =
        namespace
            .controlPlane()
            .kubectl()
            .run(
                "annotate",
                "clusters.postgresql.cnpg.io",
                cluster.name(),
                annotation,
                "-n",
                namespace.name());
    assertThat(outcome.succeeded()).as(outcome.output()).isTrue();
  }

  final GenericKubernetesResource read(StandInCluster cluster) {
    return new ClusterResource(namespace.client(), namespace.name(), cluster.name())
        .read()
        .orElseThrow();
  }

  static String text(GenericKubernetesResource cluster, String field) {
    return ClusterSpec.text(cluster, "-", "status", field);
  }

  static List<String> conditions(GenericKubernetesResource cluster) {
    List<Map<String, String>> conditions = cluster.get("status", "conditions");
    return conditions.stream()
        .map(condition ->
            condition.get("type") + "=" + condition.get("status") + "/" + condition.get("reason"))
        .toList();
  }

  static void execute(StandInCluster cluster, String sql) throws SQLException {
    try (Connection connection = cluster.connect()) {
      new SqlSession(connection).execute(sql);
    }
  }

  static String query(StandInCluster cluster, String sql) throws SQLException {
    try (Connection connection = cluster.connect()) {
      return String.valueOf(new SqlSession(connection).queryText(sql));
    }
  }

  static int realTimeline(StandInCluster cluster) throws SQLException {
    try (Connection connection = cluster.primary().connect("postgres", "postgres")) {
      return Integer.parseInt(
          String.valueOf(
              new SqlSession(connection)
                  .queryText("select substring(pg_walfile_name(pg_current_wal_lsn()) for 8)")),
          16);
    }
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition) throws Exception {
    Instant deadline = Instant.now().plusSeconds(20);
    while (!condition.holds()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(20);
    }
  }
}
