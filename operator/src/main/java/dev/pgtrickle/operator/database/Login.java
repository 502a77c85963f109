package dev.pgtrickle.operator.database;

import dev.pgtrickle.cnpg.connection.ConnectionRequest;
import dev.pgtrickle.crds.streamtable.CertificateReference;
import dev.pgtrickle.crds.streamtable.Credentials;
import dev.pgtrickle.crds.streamtable.NamedReference;
import dev.pgtrickle.crds.streamtable.SslMode;

/**
 * By what a resource wants to be connected. All tables of a database share it, with all that it
 * says of how the server proves who it is: nobody can weaken that for the others.
 *
 * @param authority whose certificates are trusted, in the words of a manifest; nothing = the
 *     Cluster's own, or what the Secret says
 */
record Login(String secret, SslMode sslMode, String authority) {
  private static final String DEFAULT_KEY = "ca.crt";

  static Login of(ConnectionRequest request) {
    return switch (request) {
      case ConnectionRequest.ToCluster cluster ->
          new Login(
              cluster
                  .credentials()
                  .map(Credentials::secretRef)
                  .map(NamedReference::name)
                  .orElse(cluster.cluster().name() + "-app"),
              cluster.credentials().map(Credentials::sslMode).orElse(SslMode.VERIFY_FULL),
              cluster.credentials().map(Credentials::caRef).map(Login::words).orElse(""));
      case ConnectionRequest.ToServer server -> new Login(server.secret(), SslMode.VERIFY_FULL, "");
    };
  }

  private static String words(CertificateReference reference) {
    return "%s %s, key %s"
        .formatted(
            reference.kind(),
            reference.name(),
            reference.key() == null ? DEFAULT_KEY : reference.key());
  }

  @Override
  public String toString() {
    String mode =
        switch (sslMode) {
          case VERIFY_FULL -> "verify-full";
          case VERIFY_CA -> "verify-ca";
        };
    return "of Secret %s with sslMode %s%s"
        .formatted(secret, mode, authority.isEmpty() ? "" : " and the authority of " + authority);
  }
}
