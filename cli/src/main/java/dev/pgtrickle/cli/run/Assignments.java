package dev.pgtrickle.cli.run;

import dev.pgtrickle.binding.ServerReference;
import dev.pgtrickle.binding.connection.ConnectionSecret;
import dev.pgtrickle.binding.manifest.Manifests;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the database of each table. A server that the user names wins over what the manifests say;
 * a {@code connection} brings its own; a {@code cluster} is Kubernetes' business and has none here.
 */
public final class Assignments {
  private final Map<String, String> environment;

  public Assignments(Map<String, String> environment) {
    this.environment = environment;
  }

  /** All tables on the server that the user named. */
  public List<Assignment> onServer(Manifests manifests, ServerChoice server) {
    return group(manifests, declared -> server.database(declared.table().database()));
  }

  /** Tables with a connection on its server, all others on the given one. */
  public List<Assignment> byConnection(Manifests manifests, ServerChoice otherwise) {
    return group(
        manifests,
        declared ->
            switch (declared.table().server()) {
              case ServerReference.Cluster _ -> otherwise.database(declared.table().database());
              case ServerReference.Secret secret ->
                  secret(manifests, declared, secret)
                      .url()
                      .withDatabase(declared.table().database())
                      .target(environment);
            });
  }

  private static List<Assignment> group(Manifests manifests, Placement placement) {
    Map<ConnectionTarget, List<Manifests.Declared>> groups = new LinkedHashMap<>();
    for (Manifests.Declared declared : manifests.tables()) {
      groups.computeIfAbsent(placement.target(declared), target -> new ArrayList<>()).add(declared);
    }
    return groups.entrySet().stream()
        .map(group -> new Assignment(group.getKey(), group.getValue()))
        .toList();
  }

  private static ConnectionSecret secret(
      Manifests manifests, Manifests.Declared declared, ServerReference.Secret wanted) {
    return manifests.secrets().stream()
        .filter(secret ->
            secret.name().equals(wanted.name()) && secret.namespace().equals(wanted.namespace()))
        .findFirst()
        .orElseThrow(() ->
            TrickleException.of(
                    ErrorCode.INVALID_MANIFEST,
                    "Secret %s/%s is not among the files"
                        .formatted(wanted.namespace(), wanted.name()),
                    "add its manifest with -f, or name the server with --pg")
                .at(declared.place().toString()));
  }

  /** Where one table goes. */
  @FunctionalInterface
  private interface Placement {
    ConnectionTarget target(Manifests.Declared declared);
  }
}
