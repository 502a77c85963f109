package dev.pgtrickle.cnpg.connection;

import dev.pgtrickle.crds.streamtable.SslMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where a database is, who we are there, and by what its server is recognised.
 *
 * @param authority certificates in PEM
 */
public record DatabaseConnection(
    String host,
    int port,
    String database,
    String user,
    String password,
    SslMode sslMode,
    String authority) {

  /** Host, port and database: what two resources of one database have in common. */
  public String address() {
    return host + ":" + port + "/" + database;
  }

  /** For the JDBC driver, without credentials. */
  public String url() {
    return "jdbc:postgresql://%s:%d/%s?sslmode=%s&sslfactory=%s&sslfactoryarg=%s"
        .formatted(
            host,
            port,
            encode(database),
            switch (sslMode) {
              case VERIFY_FULL -> "verify-full";
              case VERIFY_CA -> "verify-ca";
            },
            switch (sslMode) {
              case VERIFY_FULL -> NamedAuthorityTrust.class.getName();
              case VERIFY_CA -> AuthorityTrust.class.getName();
            },
            encode(authority));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return address() + " as " + user;
  }
}
