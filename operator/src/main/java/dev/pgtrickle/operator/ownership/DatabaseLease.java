package dev.pgtrickle.operator.ownership;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The Lease of one database, in the namespace of its Cluster, so that operators of different
 * namespaces meet at it. It spares them quarrels; that never two of them write is ensured in the
 * database, by the epoch of its fence.
 */
public final class DatabaseLease {
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final String self;
  private final Duration length;
  private final LeaseRule rule;
  private final Clock clock;
  private LeaseMemory memory = LeaseMemory.none();

  public DatabaseLease(
      KubernetesClient client,
      String namespace,
      String name,
      String self,
      Duration length,
      Clock clock) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.self = self;
    this.length = length;
    this.rule = new LeaseRule(self, length);
    this.clock = clock;
  }

  /** Takes or renews it where that is possible. */
  public synchronized LeaseStanding attempt() {
    try {
      Optional<Lease> present = Optional.ofNullable(handle().get());
      Instant now = clock.instant();
      LeaseRule.Decided decided = rule.decide(present.map(DatabaseLease::record), memory, now);
      memory = decided.memory();
      return switch (decided.step()) {
        case LeaseRule.Step.Create create -> {
          client.resource(lease(Optional.empty(), 0)).create();
          yield new LeaseStanding.Held(now.plus(length));
        }
        case LeaseRule.Step.Renew renew -> {
          client.resource(lease(present, renew.present().transitions())).update();
          yield new LeaseStanding.Held(now.plus(length));
        }
        case LeaseRule.Step.TakeOver takeOver -> {
          client.resource(lease(present, takeOver.present().transitions() + 1)).update();
          yield new LeaseStanding.Held(now.plus(length));
        }
        case LeaseRule.Step.Leave leave -> new LeaseStanding.HeldBy(leave.holder(), leave.until());
      };
    } catch (KubernetesClientException failure) {
      return new LeaseStanding.Unknown("status " + failure.getCode());
    }
  }

  /** Gives it up; nobody has to wait for its end. Does nothing when it is not ours. */
  public synchronized void giveUp() {
    try {
      Lease present = handle().get();
      if (present != null && record(present).holder().equals(self)) {
        client.resource(present).lockResourceVersion().delete();
      }
    } catch (KubernetesClientException failure) {
      // It runs out by itself.
      memory = LeaseMemory.none();
    }
  }

  private io.fabric8.kubernetes.client.dsl.Resource<Lease> handle() {
    return client.leases().inNamespace(namespace).withName(name);
  }

  private Lease lease(Optional<Lease> present, int transitions) {
    ZonedDateTime now = clock.instant().atZone(ZoneOffset.UTC);
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .addToLabels(MANAGED_BY, "pgtrickle")
        .withResourceVersion(
            present.map(lease -> lease.getMetadata().getResourceVersion()).orElse(null))
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(self)
        .withLeaseDurationSeconds((int) length.toSeconds())
        .withAcquireTime(
            present
                .filter(lease -> record(lease).holder().equals(self))
                .map(lease -> lease.getSpec().getAcquireTime())
                .orElse(now))
        .withRenewTime(now)
        .withLeaseTransitions(transitions)
        .endSpec()
        .build();
  }

  /** A Lease without a spec is legal: nobody holds it. */
  private static LeaseRecord record(Lease lease) {
    LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
    String holder = spec.getHolderIdentity();
    Integer transitions = spec.getLeaseTransitions();
    return new LeaseRecord(
        holder == null ? "" : holder,
        String.valueOf(spec.getRenewTime()),
        transitions == null ? 0 : transitions,
        lease.getMetadata().getResourceVersion());
  }
}
