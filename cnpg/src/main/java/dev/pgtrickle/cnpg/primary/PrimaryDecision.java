package dev.pgtrickle.cnpg.primary;

import dev.pgtrickle.cnpg.cluster.ClusterView;
import dev.pgtrickle.cnpg.primary.PrimaryObservation.Confirmed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Decides from what a Cluster shows, what it showed before, and the time.
 *
 * <ul>
 *   <li>Ready is not asked: it stays True throughout a switchover, and stays False after a failover
 *       until the replicas are back, long after the new primary takes writes.
 *   <li>In a failover the target goes old, "pending", old again for 0.1 s, "pending", new: so an
 *       agreement counts only once it has lasted.
 *   <li>Of the phases only those two are compared that say that the primary is changing. One that
 *       we do not know never stops us: the connection is the proof.
 * </ul>
 */
public final class PrimaryDecision {
  /** Longer than the flicker of a failover (0.1 s), much shorter than what users notice. */
  public static final Duration DEBOUNCE = Duration.ofSeconds(1);

  private static final Set<String> PRIMARY_CHANGES =
      Set.of("Failing over", "Switchover in progress");

  /** What was decided, and what to remember for the next time. */
  public record Decided(PrimaryState state, PrimaryObservation observation) {}

  /**
   * What may be done now.
   *
   * @param view empty when there is no such Cluster
   */
  public Decided decide(Optional<ClusterView> view, PrimaryObservation previous, Instant now) {
    PrimaryObservation seen = observe(view, previous, now);
    Optional<Trouble> trouble = trouble(view, seen);
    if (trouble.isPresent()) {
      return troubled(trouble.get(), view, previous, seen, now);
    }
    ClusterView cluster = view.orElseThrow();
    String primary = cluster.agreedPrimary().orElseThrow();
    Confirmed candidate = new Confirmed(primary, cluster.timeline());
    if (believed(candidate, previous, seen, now)) {
      return new Decided(
          new PrimaryState.Settled(primary, cluster.timeline()),
          new PrimaryObservation(
              seen.named(),
              seen.namedSince(),
              Optional.of(candidate),
              Optional.empty(),
              Instant.EPOCH));
    }
    return new Decided(new PrimaryState.Settling(seen.namedSince().plus(DEBOUNCE)), seen);
  }

  /** An agreement that is broken, if only for one look, begins anew. */
  private static PrimaryObservation observe(
      Optional<ClusterView> view, PrimaryObservation previous, Instant now) {
    Optional<String> named =
        view.filter(cluster -> !changesPrimary(cluster)).flatMap(ClusterView::agreedPrimary);
    Instant since = named.equals(previous.named()) ? previous.namedSince() : now;
    return new PrimaryObservation(
        named, since, previous.confirmed(), previous.trouble(), previous.troubleSince());
  }

  /** At the first look nothing is known to have changed: a quiet Cluster is believed at once. */
  private static boolean believed(
      Confirmed candidate, PrimaryObservation previous, PrimaryObservation seen, Instant now) {
    boolean neverLooked =
        previous.confirmed().isEmpty()
            && previous.trouble().isEmpty()
            && previous.named().isEmpty();
    boolean unchanged =
        previous.confirmed().filter(candidate::equals).isPresent() && previous.trouble().isEmpty();
    return neverLooked || unchanged || !seen.namedSince().plus(DEBOUNCE).isAfter(now);
  }

  private static Optional<Trouble> trouble(Optional<ClusterView> view, PrimaryObservation seen) {
    if (view.isEmpty() || view.get().life() == ClusterView.Life.DELETED) {
      return Optional.of(Trouble.CLUSTER_NOT_FOUND);
    }
    ClusterView cluster = view.get();
    if (cluster.activity() == ClusterView.Activity.HIBERNATED) {
      return Optional.of(Trouble.HIBERNATED);
    }
    if (cluster.fencing() == ClusterView.Fencing.PRIMARY_FENCED) {
      return Optional.of(Trouble.FENCED);
    }
    if (cluster.role() == ClusterView.Role.REPLICA_CLUSTER) {
      return Optional.of(Trouble.REPLICA_CLUSTER);
    }
    if (cluster.currentPrimary().isEmpty()) {
      return Optional.of(Trouble.CLUSTER_NOT_READY);
    }
    return seen.named().isEmpty() ? Optional.of(Trouble.FAILOVER_IN_PROGRESS) : Optional.empty();
  }

  private static Decided troubled(
      Trouble trouble,
      Optional<ClusterView> view,
      PrimaryObservation previous,
      PrimaryObservation seen,
      Instant now) {
    Instant since =
        previous.trouble().filter(trouble::equals).isPresent() ? previous.troubleSince() : now;
    return new Decided(
        new PrimaryState.Troubled(trouble, since, message(trouble, view)),
        new PrimaryObservation(
            seen.named(), seen.namedSince(), seen.confirmed(), Optional.of(trouble), since));
  }

  private static String message(Trouble trouble, Optional<ClusterView> view) {
    String phase = view.map(ClusterView::phase).filter(text -> !text.isEmpty()).orElse("no phase");
    return switch (trouble) {
      case CLUSTER_NOT_FOUND ->
          view.isEmpty()
              ? "there is no such Cluster in this namespace"
              : "the Cluster is being deleted";
      case CLUSTER_NOT_READY -> "the Cluster has no primary yet (" + phase + ")";
      case FAILOVER_IN_PROGRESS -> "the primary of the Cluster is changing (" + phase + ")";
      case HIBERNATED -> "the Cluster is hibernated";
      case FENCED -> "the primary of the Cluster is fenced";
      case REPLICA_CLUSTER -> "the Cluster follows another one and cannot be written to";
    };
  }

  private static boolean changesPrimary(ClusterView cluster) {
    return PRIMARY_CHANGES.contains(cluster.phase());
  }
}
