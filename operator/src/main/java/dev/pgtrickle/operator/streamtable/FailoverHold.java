package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Nothing is written in the first minute of a failover: as a rule it is over by then, and a
 * thousand objects would have been written twice for nothing.
 */
final class FailoverHold {
  static final Duration LENGTH = Duration.ofSeconds(60);

  /**
   * A table that serves is not said to be pending for the moment that its change takes to be looked
   * at: its status stays that of the generation before.
   */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A lost connection is often the first that is seen of a failover; the Cluster follows. */
  static final Duration BEFORE_THE_CLUSTER_SAYS_SO = Duration.ofSeconds(5);

  /**
   * Until when to write nothing.
   *
   * @return empty when it has to be said now
   */
  Optional<Instant> until(Verdict verdict, Facts facts) {
    boolean said =
        facts.previous().observedGeneration() != null
            && facts.previous().observedGeneration() == facts.generation();
    if (!said) {
      return populated(facts) && verdict instanceof Verdict.Starting
          ? Optional.of(facts.now().plus(LOOK))
          : Optional.empty();
    }
    Optional<Instant> until =
        switch (verdict) {
          case Verdict.Away away -> away(away, facts);
          // A process that has just begun knows less than the status that another one wrote.
          case Verdict.Starting starting -> Optional.of(starting.since().plus(LENGTH));
          case Verdict.Waiting waiting ->
              waiting.reconciling() == StreamTableReason.RETRYING
                  ? changed(facts)
                  : Optional.empty();
          case Verdict.Stopped stopped -> Optional.empty();
          case Verdict.Maintained maintained -> Optional.empty();
          case Verdict.Followed followed -> Optional.empty();
        };
    return until.filter(time -> time.isAfter(facts.now()));
  }

  private static boolean populated(Facts facts) {
    return new Conditions(facts.previous().conditions()).isTrue(StreamTableCondition.POPULATED);
  }

  private static Optional<Instant> away(Verdict.Away away, Facts facts) {
    return switch (away.reach()) {
      case FAILOVER_IN_PROGRESS -> Optional.of(away.since().plus(LENGTH));
      case UNREACHABLE, AUTHENTICATION_FAILED ->
          changed(facts).or(() -> Optional.of(away.since().plus(BEFORE_THE_CLUSTER_SAYS_SO)));
      default -> Optional.empty();
    };
  }

  private static Optional<Instant> changed(Facts facts) {
    return facts.cluster().flatMap(cluster -> cluster.changedAt()).map(time -> time.plus(LENGTH));
  }
}
