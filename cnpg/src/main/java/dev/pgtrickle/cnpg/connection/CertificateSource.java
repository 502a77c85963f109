package dev.pgtrickle.cnpg.connection;

import dev.pgtrickle.cnpg.cluster.ClusterView;
import dev.pgtrickle.cnpg.connection.ConnectionFailure.Cause;
import dev.pgtrickle.crds.streamtable.CertificateKind;
import dev.pgtrickle.crds.streamtable.CertificateReference;
import java.security.cert.CertificateException;
import java.util.Optional;

/**
 * Where the certificate authority comes from. The Secret of a Cluster's authority also holds its
 * private key: only the certificate is ever taken out of it.
 */
final class CertificateSource {
  private static final String STANDARD_KEY = "ca.crt";

  private final NamedObjects objects;

  CertificateSource(NamedObjects objects) {
    this.objects = objects;
  }

  /** PEM of the authority that the resource names, else of the one that the Cluster uses. */
  String of(ClusterView cluster, Optional<CertificateReference> reference) {
    CertificateKind kind = reference.map(CertificateReference::kind).orElse(CertificateKind.SECRET);
    String name = reference.map(CertificateReference::name).orElse(cluster.certificateSecret());
    String key = reference.map(CertificateReference::key).orElse(STANDARD_KEY);
    String where =
        "%s %s/%s"
            .formatted(
                kind == CertificateKind.SECRET ? "Secret" : "ConfigMap", cluster.namespace(), name);
    return checked(
        read(cluster, kind, name, key)
            .orElseThrow(() ->
                new UnresolvedException(
                    Cause.SECRET_NOT_OFFERED,
                    "there is no value %s in %s".formatted(key, where),
                    "name the certificate authority in spec.credentials.caRef")),
        where);
  }

  private Optional<String> read(
      ClusterView cluster, CertificateKind kind, String name, String key) {
    return switch (kind) {
      case SECRET -> secret(cluster, name, key);
      case CONFIG_MAP -> objects.configMapValue(cluster.namespace(), name, key);
    };
  }

  /** Any other Secret has to be meant for us, or it could be used to ask what it holds. */
  private Optional<String> secret(ClusterView cluster, String name, String key) {
    if (name.equals(cluster.certificateSecret())) {
      return key.equals(STANDARD_KEY)
          ? objects.secretValue(cluster.namespace(), name, key)
          : Optional.empty();
    }
    return objects
        .secret(cluster.namespace(), name)
        .filter(present -> present.isLabelled(ConnectionResolver.CREDENTIALS_LABEL))
        .flatMap(present -> present.value(key));
  }

  /** What is no certificate is refused before a connection is tried. */
  static String checked(String authority, String where) {
    try {
      AuthorityTrust.certificates(authority);
    } catch (CertificateException unreadable) {
      throw new UnresolvedException(
          Cause.TLS_VERIFICATION_FAILED,
          "what " + where + " holds is no certificate authority in PEM",
          "put the certificate there that signs the server's");
    }
    return authority;
  }
}
