package dev.pgtrickle.operator.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What an administrator sets, by environment variables such as PGTRICKLE_NAMESPACE. */
@ConfigMapping(prefix = "pgtrickle")
public interface OperatorSettings {

  /** Where the operator itself lives: for its lease, and for events of namespaces that go. */
  @WithDefault("default")
  String namespace();

  /** The name of this replica in leases; by default the pod's. */
  Optional<String> identity();

  /** The Lease of the leader; operators for different namespaces need one each. */
  @WithDefault("pgtrickle-operator")
  String leaderLease();

  /** Whether {@code spec.connection} may name servers outside of any Cluster. */
  @WithDefault("false")
  boolean allowConnections();

  /** Refreshes at once in one database. */
  @WithDefault("2")
  int workersPerDatabase();

  /** Seconds that a lease lasts without being renewed. */
  @WithDefault("15")
  int leaseSeconds();
}
