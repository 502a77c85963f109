package dev.pgtrickle.cnpg.connection;

import dev.pgtrickle.cnpg.cluster.ClusterView;
import dev.pgtrickle.cnpg.connection.ConnectionFailure.Cause;
import dev.pgtrickle.crds.streamtable.Credentials;
import dev.pgtrickle.crds.streamtable.NamedReference;
import dev.pgtrickle.crds.streamtable.SslMode;
import java.util.Optional;

/**
 * From what a resource names to a connection, so that nobody can turn the operator against others
 * (the confused deputy):
 *
 * <ul>
 *   <li>the host comes from the Cluster's name alone, whatever a Secret says;
 *   <li>a Secret that CloudNativePG did not make for the application must carry a label; without it
 *       the answer is the same as if it were not there;
 *   <li>the server's certificate is always verified;
 *   <li>a server outside any Cluster only where the operator was told to allow that.
 * </ul>
 */
public final class ConnectionResolver {
  /** On a Secret with a user and a password for a Cluster. */
  public static final String CREDENTIALS_LABEL = "pgtrickle.dev/credentials";

  /** On a Secret that describes a server. */
  public static final String CONNECTION_LABEL = "pgtrickle.dev/connection";

  private static final int DEFAULT_PORT = 5432;
  private static final int HIGHEST_PORT = 65_535;

  private final NamedObjects objects;
  private final CertificateSource certificates;
  private final OtherServers otherServers;

  /** Whether servers outside a Cluster may be used. */
  public enum OtherServers {
    ALLOWED,
    REFUSED
  }

  public ConnectionResolver(NamedObjects objects, OtherServers otherServers) {
    this.objects = objects;
    this.certificates = new CertificateSource(objects);
    this.otherServers = otherServers;
  }

  public Resolution resolve(ConnectionRequest request) {
    try {
      return new Resolution.Resolved(
          switch (request) {
            case ConnectionRequest.ToCluster cluster -> toCluster(cluster);
            case ConnectionRequest.ToServer server -> toServer(server);
          });
    } catch (UnresolvedException unresolved) {
      return new Resolution.Unresolved(unresolved.failure());
    }
  }

  private DatabaseConnection toCluster(ConnectionRequest.ToCluster request) {
    ClusterView cluster = request.cluster();
    Optional<Credentials> credentials = request.credentials();
    SecretValues secret = credentialsOf(cluster, credentials.map(Credentials::secretRef));
    return new DatabaseConnection(
        cluster.name() + "-rw." + cluster.namespace() + ".svc",
        port(secret),
        request.database(),
        user(secret),
        required(secret, "password"),
        credentials.map(Credentials::sslMode).orElse(SslMode.VERIFY_FULL),
        certificates.of(cluster, credentials.map(Credentials::caRef)));
  }

  private SecretValues credentialsOf(ClusterView cluster, Optional<NamedReference> reference) {
    String standard = cluster.name() + "-app";
    String name = reference.map(NamedReference::name).orElse(standard);
    Optional<SecretValues> secret = objects.secret(cluster.namespace(), name);
    if (name.equals(standard)) {
      return secret.orElseThrow(() ->
          new UnresolvedException(
              Cause.SECRET_NOT_FOUND,
              "there is no Secret " + cluster.namespace() + "/" + standard,
              "CloudNativePG makes it with the Cluster; or name another one in"
                  + " spec.credentials.secretRef"));
    }
    return labelled(secret, cluster.namespace(), name, CREDENTIALS_LABEL);
  }

  private DatabaseConnection toServer(ConnectionRequest.ToServer request) {
    if (otherServers == OtherServers.REFUSED) {
      throw new UnresolvedException(
          Cause.NOT_ALLOWED,
          "this operator does not allow spec.connection",
          "use spec.cluster, or ask an administrator to set PGTRICKLE_ALLOW_CONNECTIONS=true on"
              + " the operator");
    }
    SecretValues secret =
        labelled(
            objects.secret(request.namespace(), request.secret()),
            request.namespace(),
            request.secret(),
            CONNECTION_LABEL);
    return new DatabaseConnection(
        host(secret),
        port(secret),
        request.database(),
        user(secret),
        required(secret, "password"),
        secret.value("sslmode").filter("verify-ca"::equals).isPresent()
            ? SslMode.VERIFY_CA
            : SslMode.VERIFY_FULL,
        CertificateSource.checked(required(secret, "ca.crt"), secret.toString()));
  }

  private static SecretValues labelled(
      Optional<SecretValues> secret, String namespace, String name, String label) {
    return secret
        .filter(present -> present.isLabelled(label))
        .orElseThrow(() ->
            new UnresolvedException(
                Cause.SECRET_NOT_OFFERED,
                "there is no Secret %s/%s with the label %s: \"true\""
                    .formatted(namespace, name, label),
                "create it, or add the label if the Secret is meant to be used by stream"
                    + " tables"));
  }

  private static String user(SecretValues secret) {
    return secret.value("username").orElseGet(() -> required(secret, "user"));
  }

  private static String required(SecretValues secret, String key) {
    return secret
        .value(key)
        .orElseThrow(() ->
            new UnresolvedException(
                Cause.SECRET_UNUSABLE, secret + " has no value " + key, "add it to the Secret"));
  }

  /** A name or an address, nothing that could carry more than a host into a URL. */
  private static String host(SecretValues secret) {
    String host = required(secret, "host");
    if (!host.matches("[A-Za-z0-9.\\-]+|\\[[0-9A-Fa-f:.]+]")) {
      throw new UnresolvedException(
          Cause.SECRET_UNUSABLE,
          secret + " has a value host that is no host name",
          "write one host name or address, without a port");
    }
    return host;
  }

  private static int port(SecretValues secret) {
    String text = secret.value("port").map(String::strip).orElse(String.valueOf(DEFAULT_PORT));
    if (text.matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= HIGHEST_PORT) {
        return port;
      }
    }
    throw new UnresolvedException(
        Cause.SECRET_UNUSABLE,
        secret + " has a value port that is no port",
        "write a number from 1 to " + HIGHEST_PORT);
  }
}
