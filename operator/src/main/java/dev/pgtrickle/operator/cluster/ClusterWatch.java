package dev.pgtrickle.operator.cluster;

import dev.pgtrickle.cnpg.cluster.Cluster;
import dev.pgtrickle.cnpg.cluster.ClusterReader;
import dev.pgtrickle.cnpg.cluster.ClusterView;
import dev.pgtrickle.cnpg.primary.PrimaryDecision;
import dev.pgtrickle.cnpg.primary.PrimaryObservation;
import dev.pgtrickle.cnpg.primary.PrimaryState;
import dev.pgtrickle.cnpg.primary.Trouble;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers of each Cluster what the decision about its primary needs. */
@Singleton
public final class ClusterWatch {
  private final ClusterReader reader = new ClusterReader();
  private final PrimaryDecision decision = new PrimaryDecision();
  private final Clock clock;
  private final Map<Key, Memory> memories = new HashMap<>();

  private record Key(String namespace, String name) {}

  private record Memory(PrimaryObservation observation, Optional<Instant> changedAt) {
    static final Memory NONE = new Memory(PrimaryObservation.none(), Optional.empty());
  }

  ClusterWatch(Clock clock) {
    this.clock = clock;
  }

  /**
   * Looks at what the Cluster shows now.
   *
   * @param cluster null when there is none of that name
   */
  public synchronized ClusterStanding look(
      String namespace, String name, @Nullable Cluster cluster) {
    Key key = new Key(namespace, name);
    Memory memory = memories.getOrDefault(key, Memory.NONE);
    Optional<ClusterView> view = Optional.ofNullable(cluster).map(reader::read);
    PrimaryDecision.Decided decided = decision.decide(view, memory.observation(), clock.instant());
    Optional<Instant> changedAt = beganToChange(decided.state()).or(memory::changedAt);
    if (cluster == null) {
      memories.remove(key);
    } else {
      memories.put(key, new Memory(decided.observation(), changedAt));
    }
    return new ClusterStanding(view, decided.state(), changedAt);
  }

  private static Optional<Instant> beganToChange(PrimaryState state) {
    return state instanceof PrimaryState.Troubled troubled
            && troubled.trouble() == Trouble.FAILOVER_IN_PROGRESS
        ? Optional.of(troubled.since())
        : Optional.empty();
  }
}
