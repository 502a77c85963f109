package dev.pgtrickle.operator.database;

import dev.pgtrickle.binding.ServerReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Which database: what one engine serves and one Lease is about. */
public record DatabaseKey(ServerReference server, String database) {
  private static final int LONGEST_SERVER = 40;
  private static final int HASH_LENGTH = 10;

  public String namespace() {
    return switch (server) {
      case ServerReference.Cluster cluster -> cluster.namespace();
      case ServerReference.Secret secret -> secret.namespace();
    };
  }

  /** The name of the Cluster or of the Secret. */
  public String serverName() {
    return switch (server) {
      case ServerReference.Cluster cluster -> cluster.name();
      case ServerReference.Secret secret -> secret.name();
    };
  }

  /** A name for the Lease: readable, legal, and another one for each database. */
  public String leaseName() {
    String server = serverName();
    return "pgtrickle-%s-%s"
        .formatted(server.substring(0, Math.min(server.length(), LONGEST_SERVER)), hash());
  }

  private String hash() {
    String kind = server instanceof ServerReference.Cluster ? "cluster" : "secret";
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (kind + "/" + serverName() + "/" + database).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return "%s/%s/%s".formatted(namespace(), serverName(), database);
  }
}
