package dev.pgtrickle.cnpg.cluster;

import java.util.Optional;

/**
 * What a Cluster shows at one moment, in our words.
 *
 * @param phase CloudNativePG's own words; only two of them are ever compared
 * @param timeline 0 while there is none
 * @param certificateSecret the Secret with the certificate authority that is in force
 */
public record ClusterView(
    String namespace,
    String name,
    Life life,
    Role role,
    Activity activity,
    Fencing fencing,
    Readiness readiness,
    String phase,
    Optional<String> currentPrimary,
    Optional<String> targetPrimary,
    Optional<String> systemId,
    int timeline,
    String certificateSecret) {

  /** Whether somebody deleted it. */
  public enum Life {
    LIVING,
    DELETED
  }

  /** Whether it may be written to at all. */
  public enum Role {
    PRIMARY_CLUSTER,
    REPLICA_CLUSTER
  }

  /** Whether its pods run. */
  public enum Activity {
    AWAKE,
    HIBERNATED
  }

  /** Whether its primary was taken out of service on purpose. */
  public enum Fencing {
    NONE,
    PRIMARY_FENCED
  }

  /** The condition Ready, which says more about replicas than about the primary. */
  public enum Readiness {
    READY,
    NOT_READY
  }

  /** The primary when nothing is on its way to be changed. */
  public Optional<String> agreedPrimary() {
    return currentPrimary.filter(current -> targetPrimary.filter(current::equals).isPresent());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
