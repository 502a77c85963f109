package dev.pgtrickle.testbed.cnpg;

import dev.pgtrickle.testbed.certificates.CertificateAuthority;
import dev.pgtrickle.testbed.certificates.CertificateRequest;
import dev.pgtrickle.testbed.certificates.IssuedCertificate;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Secrets and Services that CloudNativePG makes for a Cluster, in its shapes. */
record ClusterObjects(ClusterIdentity identity, int port, String majorVersion) {
  private static final String OPERATOR_VERSION = "1.30.0";
  private static final String CLUSTER_LABEL = "cnpg.io/cluster";

  List<HasMetadata> certificates(CertificateAuthority authority, IssuedCertificate server) {
    IssuedCertificate replication =
        authority.issue(CertificateRequest.client("streaming_replica", null));
    return List.of(
        secret(
            "-ca",
            "Opaque",
            Map.of("ca.crt", authority.certificate(), "ca.key", authority.privateKey())),
        certificate("-server", server),
        certificate("-replication", replication));
  }

  /** The login of the application, or of the superuser, whose database is {@code *}. */
  HasMetadata login(String userType, String user, String database, String password) {
    String host = identity.name() + "-rw";
    String near = host + "." + identity.namespace();
    String far = near + ".svc.cluster.local";
    Map<String, String> values = new LinkedHashMap<>();
    values.put("dbname", database);
    values.put("host", host);
    values.put("password", password);
    values.put("pgpass", "%s:%d:%s:%s:%s\n".formatted(host, port, database, user, password));
    values.put("port", String.valueOf(port));
    values.put("user", user);
    values.put("username", user);
    values.put("uri", uri(near, user, database, password));
    values.put("fqdn-uri", uri(far, user, database, password));
    values.put("jdbc-uri", jdbc(near, user, database, password));
    values.put("fqdn-jdbc-uri", jdbc(far, user, database, password));
    Secret secret = secret("-" + userType, "kubernetes.io/basic-auth", values);
    return new SecretBuilder(secret)
        .editMetadata()
        .addToAnnotations("cnpg.io/operatorVersion", OPERATOR_VERSION)
        .addToLabels(CLUSTER_LABEL, identity.name())
        .addToLabels("cnpg.io/reload", "true")
        .addToLabels("cnpg.io/userType", userType)
        .endMetadata()
        .build();
  }

  List<HasMetadata> services() {
    return List.of(
        service("-r", Map.of("cnpg.io/podRole", "instance")),
        service("-ro", Map.of("cnpg.io/instanceRole", "replica")),
        service("-rw", Map.of("cnpg.io/instanceRole", "primary")));
  }

  private Service service(String suffix, Map<String, String> role) {
    Map<String, String> selector = new LinkedHashMap<>(role);
    selector.put(CLUSTER_LABEL, identity.name());
    ObjectMeta metadata =
        new ObjectMetaBuilder(metadata(suffix))
            .addToAnnotations("cnpg.io/operatorVersion", OPERATOR_VERSION)
            .addToLabels("app.kubernetes.io/component", "database")
            .addToLabels("app.kubernetes.io/instance", identity.name())
            .addToLabels("app.kubernetes.io/name", "postgresql")
            .addToLabels("app.kubernetes.io/version", majorVersion)
            .addToLabels(CLUSTER_LABEL, identity.name())
            .build();
    return new ServiceBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withType("ClusterIP")
        .withSelector(selector)
        .withPorts(
            new ServicePortBuilder()
                .withName("postgres")
                .withProtocol("TCP")
                .withPort(port)
                .withNewTargetPort(port)
                .build())
        .endSpec()
        .build();
  }

  private Secret certificate(String suffix, IssuedCertificate issued) {
    return secret(
        suffix,
        "kubernetes.io/tls",
        Map.of("tls.crt", issued.certificate(), "tls.key", issued.privateKey()));
  }

  private Secret secret(String suffix, String type, Map<String, String> values) {
    return new SecretBuilder()
        .withMetadata(metadata(suffix))
        .withType(type)
        .withStringData(values)
        .build();
  }

  private ObjectMeta metadata(String suffix) {
    return new ObjectMetaBuilder()
        .withNamespace(identity.namespace())
        .withName(identity.name() + suffix)
        .addToLabels("app.kubernetes.io/managed-by", "cloudnative-pg")
        .withOwnerReferences(identity.owner())
        .build();
  }

  private String uri(String host, String user, String database, String password) {
    return "postgresql://%s:%s@%s:%d/%s".formatted(user, password, host, port, database);
  }

  private String jdbc(String host, String user, String database, String password) {
    return "jdbc:postgresql://%s:%d/%s?password=%s&user=%s"
        .formatted(host, port, database, password, user);
  }
}
