package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.binding.ServerReference;
import dev.pgtrickle.binding.value.EffectiveNames;
import dev.pgtrickle.crds.streamtable.NamedReference;
import dev.pgtrickle.crds.streamtable.SecretConnection;
import dev.pgtrickle.crds.streamtable.StreamTable;
import dev.pgtrickle.crds.streamtable.StreamTableSpec;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.operator.configuration.KubernetesIdentity;
import dev.pgtrickle.operator.database.DatabaseKey;
import dev.pgtrickle.operator.database.TableId;
import java.util.Optional;

/**
 * Where a resource's relation is, whether or not the rest of its spec can stand. These fields are
 * immutable.
 */
record Whereabouts(TableId table, DatabaseKey database, QualifiedName relation, Origin origin) {

  static Optional<Whereabouts> of(StreamTable resource, KubernetesIdentity kubernetes) {
    StreamTableSpec spec = resource.getSpec();
    if (spec == null || spec.database() == null) {
      return Optional.empty();
    }
    String database = spec.database();
    String namespace = resource.getMetadata().getNamespace();
    String name = resource.getMetadata().getName();
    return server(spec, namespace)
        .flatMap(server ->
            EffectiveNames.table(resource, spec)
                .map(table ->
                    new Whereabouts(
                        new TableId(namespace, name),
                        new DatabaseKey(server, database),
                        QualifiedName.of(EffectiveNames.schema(spec), table),
                        new Origin(
                            kubernetes.uid(), namespace, name, resource.getMetadata().getUid()))));
  }

  private static Optional<ServerReference> server(StreamTableSpec spec, String namespace) {
    NamedReference cluster = spec.cluster();
    if (cluster != null && cluster.name() != null) {
      return Optional.of(new ServerReference.Cluster(namespace, cluster.name()));
    }
    SecretConnection connection = spec.connection();
    NamedReference secret = connection == null ? null : connection.secretRef();
    return secret == null || secret.name() == null
        ? Optional.empty()
        : Optional.of(new ServerReference.Secret(namespace, secret.name()));
  }
}
