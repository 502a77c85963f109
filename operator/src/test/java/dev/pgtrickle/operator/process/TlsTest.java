package dev.pgtrickle.operator.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.testbed.certificates.CertificateAuthority;
import dev.pgtrickle.testbed.cnpg.StandInCluster;
import org.junit.jupiter.api.Test;

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
