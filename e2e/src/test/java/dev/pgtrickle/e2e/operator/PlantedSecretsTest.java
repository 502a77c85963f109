package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.cnpg.StandInCluster;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever goes right or wrong, no secret is in what the operator writes. */
class PlantedSecretsTest {
  private static final String PLANTED = "planted-secret-7f3a";

  @Test
  void noSecretInLogsStatusEventsOrMetrics() {
    try (OperatorWorld world = OperatorWorld.create("secrets")) {
      StandInCluster cluster = world.cluster(Shop.CLUSTER, 1);
      Shop.create(cluster);
      secret(world, "wrong", Map.of("username", "app", "password", PLANTED));
      secret(world, "odd", Map.of("username", PLANTED, "password", PLANTED, "port", PLANTED));
      try (OperatorProcess operator =
          world
              .operator("operator-1", Map.of("QUARKUS_LOG_LEVEL", "DEBUG"), List.of())
              .awaitReady()) {
        world.apply(using("wrong-password", "wrong"));
        world.awaitCondition("wrong-password", "DatabaseReachable", "FALSE AuthenticationFailed");
        String failed = world.kubectl("get", "streamtables", "-o", "yaml");
        world.kubectl("delete", "streamtable", "wrong-password", "--timeout=60s");
        world.apply(using("odd-port", "odd"));
        world.awaitCondition("odd-port", "DatabaseReachable", "FALSE SecretNotFound");
        failed += world.kubectl("get", "streamtables", "-o", "yaml");
        world.kubectl("delete", "streamtable", "odd-port", "--timeout=60s");
        world.apply(Shop.manifest("order-totals"));
        world.awaitReady("order-totals", "Serving");

        String written =
            operator.log()
                + operator.read("/metrics")
                + operator.read("/q/health")
                + failed
                + world.kubectl("get", "streamtables", "-o", "yaml")
                + world.kubectl("get", "events", "-o", "yaml")
                + OperatorWorld.query(cluster, "SELECT s::text FROM pgtrickle.stream_table AS s")
                + OperatorWorld.query(cluster, "SELECT o::text FROM pgtrickle.ownership AS o");
        String key =
            new String(
                Base64.getDecoder()
                    .decode(
                        world.kubectl(
                            "get", "secret", "pg-main-ca", "-o", "jsonpath={.data.ca\\.key}")),
                StandardCharsets.UTF_8);
        assertThat(written)
            .doesNotContain(PLANTED)
            .doesNotContain(cluster.applicationPassword())
            .doesNotContain(encoded(PLANTED))
            .doesNotContain(encoded(cluster.applicationPassword()))
            .doesNotContain(key.lines().skip(1).findFirst().orElseThrow());
      }
    }
  }

  @Test
  void aLoginThatIsTooStrongIsRefused() {
    try (OperatorWorld world = OperatorWorld.create("strong")) {
      StandInCluster cluster = world.cluster(Shop.CLUSTER, 1);
      Shop.create(cluster);
      asSuperuser(cluster, "CREATE ROLE strong LOGIN CREATEROLE PASSWORD '" + PLANTED + "'");
      secret(world, "strong", Map.of("username", "strong", "password", PLANTED));
      try (OperatorProcess operator = world.operator().awaitReady()) {
        world.apply(using("too-strong", "strong"));
        world.awaitCondition("too-strong", "Stalled", "TRUE PermissionDenied");
        assertThat(world.kubectl("get", "streamtable", "too-strong", "-o", "yaml"))
            .contains("CREATEROLE")
            .doesNotContain(PLANTED);
        assertThat(operator.isAlive()).isTrue();
      }
    }
  }

  private static void asSuperuser(StandInCluster cluster, String sql) {
    try (var connection = cluster.primary().connect("postgres", "postgres");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private static String using(String name, String secret) {
    return Shop.manifest(
        name, Shop.QUERY, "  credentials: {secretRef: {name: %s}}\n".formatted(secret));
  }

  private static void secret(OperatorWorld world, String name, Map<String, String> values) {
    Map<String, String> data = new HashMap<>();
    values.forEach((key, value) -> data.put(key, encoded(value)));
    StringBuilder lines = new StringBuilder();
    data.forEach((key, value) -> lines.append("  %s: %s%n".formatted(key, value)));
    world.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: %s, labels: {pgtrickle.dev/credentials: "true"}}
        data:
        %s\
        """
            .formatted(name, lines));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
