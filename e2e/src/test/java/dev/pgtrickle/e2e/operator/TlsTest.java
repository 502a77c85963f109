package dev.pgtrickle.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.certificates.CertificateAuthority;
import dev.pgtrickle.testbed.cnpg.StandInCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's certificate is a real one, and so is the one of a stranger. */
class TlsTest {

  @Test
  void aStrangersServerIsNotTrusted() {
    try (OperatorWorld world = OperatorWorld.create("tls")) {
      StandInCluster cluster = world.cluster(Shop.CLUSTER, 1);
      Shop.create(cluster);
      authority(world, "stranger", new CertificateAuthority("stranger").certificate());
      authority(world, "right", cluster.authority());
      try (OperatorProcess operator = world.operator().awaitReady()) {
        world.apply(using("strange", "stranger"));
        world.awaitCondition("strange", "DatabaseReachable", "FALSE TlsVerificationFailed");
        assertThat(world.condition("strange", "Ready")).isEqualTo("FALSE DatabaseUnavailable");
        world.kubectl("delete", "streamtable", "strange", "--timeout=60s");
        world.apply(using("trusted", "right"));
        world.awaitReady("trusted", "Serving");
        assertThat(
                OperatorWorld.query(
                    cluster,
                    "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                        + " WHERE application_name = 'pgtrickle' AND NOT ssl"))
            .as("every session of ours is encrypted")
            .isEqualTo("0");
        assertThat(operator.isAlive()).isTrue();
      }
    }
  }

  /**
   * Behind the Cluster's name stands another server of a trusted authority: only verify-full sees
   * that its certificate is for another name.
   */
  @Test
  void aCertificateForAnotherNameIsNotTrusted(@TempDir Path directory) throws IOException {
    try (OperatorWorld world = OperatorWorld.create("names")) {
      StandInCluster cluster = world.cluster(Shop.CLUSTER, 1);
      StandInCluster other = world.cluster("other", 1);
      authority(world, "of-other", other.authority());
      Path misled = directory.resolve("hosts");
      Files.writeString(misled, misled(world, cluster, other));
      try (OperatorProcess operator =
          world
              .operator("operator-1", Map.of(), List.of("-Djdk.net.hosts.file=" + misled))
              .awaitReady()) {
        world.apply(using("full", "of-other"));
        world.awaitCondition("full", "DatabaseReachable", "FALSE TlsVerificationFailed");
        assertThat(world.kubectl("get", "streamtable", "full", "-o", "yaml"))
            .contains("pg-main-rw." + world.namespace() + ".svc");
        world.kubectl("delete", "streamtable", "full", "--timeout=60s");
        // The authority is right: what stands in the way now is only that its logins are others.
        world.apply(
            using("authority-only", "of-other").replace("{caRef", "{sslMode: verify-ca, caRef"));
        world.awaitCondition("authority-only", "DatabaseReachable", "FALSE AuthenticationFailed");
        assertThat(operator.isAlive()).isTrue();
      }
    }
  }

  /** What the operator believes about names, with the address of the other behind the first. */
  private static String misled(OperatorWorld world, StandInCluster cluster, StandInCluster other)
      throws IOException {
    List<String> lines = Files.readAllLines(world.hosts());
    String address =
        lines.stream()
            .filter(line -> line.endsWith(" " + other.host()))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .findFirst()
            .orElseThrow();
    return lines.stream()
        .map(line -> line.endsWith(" " + cluster.host()) ? address + " " + cluster.host() : line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String using(String name, String authority) {
    return Shop.manifest(
        name,
        Shop.QUERY,
        "  credentials: {caRef: {kind: ConfigMap, name: %s, key: ca.crt}}%n".formatted(authority));
  }

  private static void authority(OperatorWorld world, String name, String pem) {
    world.apply(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: %s}
        data:
          ca.crt: |
        %s\
        """
            .formatted(name, pem.indent(4)));
  }
}
