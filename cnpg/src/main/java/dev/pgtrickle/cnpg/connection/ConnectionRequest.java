package dev.pgtrickle.cnpg.connection;

import dev.pgtrickle.cnpg.cluster.ClusterView;
import dev.pgtrickle.crds.streamtable.Credentials;
import java.util.Optional;

/** To what a resource wants to be connected. */
public sealed interface ConnectionRequest {

  /**
   * A database of a CNPG Cluster.
   *
   * @param credentials empty = those that CloudNativePG made for the application
   */
  record ToCluster(ClusterView cluster, String database, Optional<Credentials> credentials)
      implements ConnectionRequest {}

  /** Any PostgreSQL that a labelled Secret describes. */
  record ToServer(String namespace, String secret, String database) implements ConnectionRequest {}
}
