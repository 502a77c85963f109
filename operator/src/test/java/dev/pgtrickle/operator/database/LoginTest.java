package dev.pgtrickle.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cnpg.cluster.ClusterView;
import dev.pgtrickle.cnpg.connection.ConnectionRequest;
import dev.pgtrickle.crds.streamtable.CertificateKind;
import dev.pgtrickle.crds.streamtable.CertificateReference;
import dev.pgtrickle.crds.streamtable.Credentials;
import dev.pgtrickle.crds.streamtable.NamedReference;
import dev.pgtrickle.crds.streamtable.SslMode;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One database has one login, with all that it says of the server's identity. */
class LoginTest {
  private static final ClusterView CLUSTER =
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
          Optional.empty(),
          1,
          "pg-main-ca");

  private final TableSeats seats = new TableSeats();

  @Test
  void aTableThatVerifiesLessIsAConflict() {
    assertThat(take("first", SslMode.VERIFY_FULL, null)).isEmpty();
    assertThat(take("second", SslMode.VERIFY_CA, null)).isPresent();
    assertThat(seats.login().orElseThrow().sslMode()).isEqualTo(SslMode.VERIFY_FULL);
  }

  @Test
  void aTableThatTrustsAnotherAuthorityIsAConflict() {
    assertThat(take("first", null, authority("ours", null))).isEmpty();
    assertThat(take("second", null, authority("strangers", null))).isPresent();
    assertThat(take("third", SslMode.VERIFY_FULL, authority("ours", "ca.crt"))).isEmpty();
  }

  @Test
  void theOnlyTableMayChangeItsMind() {
    take("first", SslMode.VERIFY_CA, null);
    Login before = seats.login().orElseThrow();
    assertThat(take("first", SslMode.VERIFY_FULL, null)).isEmpty();
    assertThat(seats.login().orElseThrow()).isNotEqualTo(before);
  }

  private Optional<Login> take(
      String table, @Nullable SslMode mode, @Nullable CertificateReference authority) {
    ConnectionRequest request =
        new ConnectionRequest.ToCluster(
            CLUSTER,
            "app",
            Optional.of(new Credentials(new NamedReference("pg-main-app"), mode, authority)));
    return seats.take(
        new TableId("shop", table),
        new TableSeats.Seat(QualifiedName.of("public", table), request));
  }

  private static CertificateReference authority(String name, @Nullable String key) {
    return new CertificateReference(CertificateKind.CONFIG_MAP, name, key);
  }
}
