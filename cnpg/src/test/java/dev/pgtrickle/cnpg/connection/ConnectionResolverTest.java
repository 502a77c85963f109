package dev.pgtrickle.cnpg.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgtrickle.cnpg.cluster.ClusterView;
import dev.pgtrickle.cnpg.connection.ConnectionFailure.Cause;
import dev.pgtrickle.cnpg.connection.ConnectionResolver.OtherServers;
import dev.pgtrickle.crds.streamtable.CertificateKind;
import dev.pgtrickle.crds.streamtable.CertificateReference;
import dev.pgtrickle.crds.streamtable.Credentials;
import dev.pgtrickle.crds.streamtable.NamedReference;
import dev.pgtrickle.crds.streamtable.SslMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionResolverTest {
  private static final String PASSWORD = "planted-password";
  private static final Map<String, String> LABELLED =
      Map.of(ConnectionResolver.CREDENTIALS_LABEL, "true");

  private final KnownObjects objects = new KnownObjects();
  private final ConnectionResolver resolver = new ConnectionResolver(objects, OtherServers.REFUSED);

  @BeforeEach
  void whatCloudNativePgMakes() {
    objects.secret(
        "pg-main-app",
        Map.of(),
        Map.of(
            "host", "evil.example.org",
            "port", "5433",
            "username", "app",
            "password", PASSWORD));
    objects.secret(
        "pg-main-ca", Map.of(), Map.of("ca.crt", CertificateText.PEM, "ca.key", "private"));
  }

  @Test
  void theHostComesFromTheClusterAlone() {
    DatabaseConnection connection = resolved(Optional.empty());
    assertThat(connection.address()).isEqualTo("pg-main-rw.shop.svc:5433/app");
    assertThat(connection.user()).isEqualTo("app");
    assertThat(connection.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
    assertThat(connection.url()).startsWith("jdbc:postgresql://pg-main-rw.shop.svc:5433/app?");
    assertThat(connection.url()).contains("sslmode=verify-full").doesNotContain(PASSWORD);
    assertThat(connection.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void anotherSecretNeedsItsLabel() {
    Map<String, String> values = Map.of("username", "reporting", "password", PASSWORD);
    objects.secret("other", Map.of(), values);
    ConnectionFailure unlabelled = failure(Optional.of(secret("other")));
    assertThat(unlabelled.cause()).isEqualTo(Cause.SECRET_NOT_OFFERED);
    assertThat(unlabelled.message().replace("other", "x"))
        .as("nobody learns which Secrets there are")
        .isEqualTo(failure(Optional.of(secret("absent"))).message().replace("absent", "x"));
    assertThat(failure(Optional.of(secret("absent"))).cause())
        .as("nor by what a deletion does")
        .isEqualTo(unlabelled.cause());

    objects.secret("other", LABELLED, values);
    assertThat(resolved(Optional.of(secret("other"))).user()).isEqualTo("reporting");
  }

  @Test
  void whatIsMissingIsNamed() {
    objects.secret("pg-main-app", Map.of(), Map.of("username", "app"));
    assertThat(failure(Optional.empty()).message()).contains("pg-main-app").contains("password");
    objects.secret(
        "pg-main-app", Map.of(), Map.of("username", "app", "password", "p", "port", "54x"));
    assertThat(failure(Optional.empty()).message()).contains("port").doesNotContain("54x");
    objects.remove("pg-main-app");
    assertThat(failure(Optional.empty()).message()).contains("shop/pg-main-app");
  }

  /** A deletion waits for the one to be put right; without the other nobody waits. */
  @Test
  void whatIsNotThereIsToldApartFromWhatMakesNoSense() {
    objects.secret("pg-main-app", Map.of(), Map.of("username", "app"));
    assertThat(failure(Optional.empty()).cause()).isEqualTo(Cause.SECRET_UNUSABLE);
    objects.secret(
        "pg-main-app", Map.of(), Map.of("username", "app", "password", "p", "port", "0"));
    assertThat(failure(Optional.empty()).cause()).isEqualTo(Cause.SECRET_UNUSABLE);
    objects.secret("other", LABELLED, Map.of("username", "reporting"));
    assertThat(failure(Optional.of(secret("other"))).cause()).isEqualTo(Cause.SECRET_UNUSABLE);
    objects.remove("pg-main-app");
    assertThat(failure(Optional.empty()).cause()).isEqualTo(Cause.SECRET_NOT_FOUND);
  }

  @Test
  void theAuthorityOfTheUser() {
    objects.configMap("trust", Map.of("bundle", CertificateText.PEM));
    Credentials credentials =
        new Credentials(
            null,
            SslMode.VERIFY_CA,
            new CertificateReference(CertificateKind.CONFIG_MAP, "trust", "bundle"));
    assertThat(resolved(Optional.of(credentials)).url()).contains("sslmode=verify-ca");
  }

  @Test
  void nothingButTheCertificateIsTakenFromTheClustersAuthority() {
    Credentials credentials =
        new Credentials(
            null, null, new CertificateReference(CertificateKind.SECRET, "pg-main-ca", "ca.key"));
    assertThat(failure(Optional.of(credentials)).cause()).isEqualTo(Cause.SECRET_NOT_OFFERED);
  }

  @Test
  void anAuthoritySecretNeedsItsLabelToo() {
    objects.secret("trust", Map.of(), Map.of("ca.crt", CertificateText.PEM));
    Credentials credentials =
        new Credentials(
            null, null, new CertificateReference(CertificateKind.SECRET, "trust", null));
    assertThat(failure(Optional.of(credentials)).cause()).isEqualTo(Cause.SECRET_NOT_OFFERED);
    objects.secret("trust", LABELLED, Map.of("ca.crt", CertificateText.PEM));
    assertThat(resolved(Optional.of(credentials)).authority()).isEqualTo(CertificateText.PEM);
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    objects.secret("pg-main-ca", Map.of(), Map.of("ca.crt", "no certificate"));
    assertThat(failure(Optional.empty()).cause()).isEqualTo(Cause.TLS_VERIFICATION_FAILED);
  }

  @Test
  void otherServersOnlyWhereTheOperatorAllowsThem() {
    Map<String, String> values =
        Map.of(
            "host",
            "db.example.org",
            "username",
            "app",
            "password",
            PASSWORD,
            "ca.crt",
            CertificateText.PEM);
    objects.secret("pg", Map.of(ConnectionResolver.CONNECTION_LABEL, "true"), values);
    ConnectionRequest request = new ConnectionRequest.ToServer("shop", "pg", "app");
    assertThat(failure(resolver, request).cause()).isEqualTo(Cause.NOT_ALLOWED);

    ConnectionResolver open = new ConnectionResolver(objects, OtherServers.ALLOWED);
    assertThat(resolved(open, request).address()).isEqualTo("db.example.org:5432/app");

    objects.secret("pg", LABELLED, values);
    assertThat(failure(open, request).cause()).isEqualTo(Cause.SECRET_NOT_OFFERED);
  }

  @Test
  void aHostIsAHostAndNothingElse() {
    ConnectionResolver open = new ConnectionResolver(objects, OtherServers.ALLOWED);
    for (String host : new String[] {"a/b?sslmode=disable", "a:1,b", "a b", "a@b"}) {
      objects.secret(
          "pg",
          Map.of(ConnectionResolver.CONNECTION_LABEL, "true"),
          Map.of("host", host, "username", "app", "password", "p", "ca.crt", CertificateText.PEM));
      ConnectionFailure refused =
          failure(open, new ConnectionRequest.ToServer("shop", "pg", "app"));
      assertThat(refused.message()).as(host).contains("host");
      assertThat(refused.cause()).as(host).isEqualTo(Cause.SECRET_UNUSABLE);
    }
  }

  private DatabaseConnection resolved(Optional<Credentials> credentials) {
    return resolved(resolver, request(credentials));
  }

  private static DatabaseConnection resolved(
      ConnectionResolver resolver, ConnectionRequest request) {
    return switch (resolver.resolve(request)) {
      case Resolution.Resolved resolved -> resolved.connection();
      case Resolution.Unresolved unresolved ->
          throw new AssertionError(unresolved.failure().message());
    };
  }

  private ConnectionFailure failure(Optional<Credentials> credentials) {
    return failure(resolver, request(credentials));
  }

  private static ConnectionFailure failure(ConnectionResolver resolver, ConnectionRequest request) {
    return switch (resolver.resolve(request)) {
      case Resolution.Resolved resolved -> throw new AssertionError(resolved.connection());
      case Resolution.Unresolved unresolved -> {
        assertThat(unresolved.toString()).doesNotContain(PASSWORD);
        yield unresolved.failure();
      }
    };
  }

  private static Credentials secret(String name) {
    return new Credentials(new NamedReference(name), null, null);
  }

  private static ConnectionRequest request(Optional<Credentials> credentials) {
    ClusterView cluster =
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
    return new ConnectionRequest.ToCluster(cluster, "app", credentials);
  }

  /** Objects of the namespace shop, in memory: what is tested are our rules, not the API. */
  private static final class KnownObjects implements NamedObjects {
    private final Map<String, SecretValues> secrets = new HashMap<>();
    private final Map<String, Map<String, String>> configMaps = new HashMap<>();

    void secret(String name, Map<String, String> labels, Map<String, String> values) {
      secrets.put(name, new SecretValues("shop/" + name, labels, values));
    }

    void configMap(String name, Map<String, String> values) {
      configMaps.put(name, values);
    }

    void remove(String name) {
      secrets.remove(name);
    }

    @Override
    public Optional<SecretValues> secret(String namespace, String name) {
      return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public Optional<String> secretValue(String namespace, String name, String key) {
      return secret(namespace, name).flatMap(secret -> secret.value(key));
    }

    @Override
    public Optional<String> configMapValue(String namespace, String name, String key) {
      return Optional.ofNullable(configMaps.get(name)).map(values -> values.get(key));
    }
  }
}
