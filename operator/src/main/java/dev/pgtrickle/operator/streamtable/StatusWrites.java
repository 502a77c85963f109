package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.streamtable.DatabaseStatus;
import dev.pgtrickle.crds.streamtable.FreshnessStatus;
import dev.pgtrickle.crds.streamtable.PlanStatus;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a new status is worth a write. What users wait for is written at once; figures ride
 * along, and alone are written only when the lag has changed its step, and not often: ten thousand
 * objects written every half minute would keep an API server busy with nothing else.
 */
final class StatusWrites {
  private static final Duration FIGURES_EVERY = Duration.ofMinutes(5);

  /** Whether a write is due, and how urgent it is. */
  enum Due {
    NOT,
    /** Only figures: as far as the operator's budget reaches. */
    FIGURES,
    AT_ONCE
  }

  /**
   * Compares what is there with what would be written.
   *
   * @param writtenAt when the status was written last; empty when that is not known
   */
  Due decide(
      StreamTableStatus before, StreamTableStatus after, Optional<Instant> writtenAt, Instant now) {
    if (before.equals(after)) {
      return Due.NOT;
    }
    if (!Flips.of(before).equals(Flips.of(after))) {
      return Due.AT_ONCE;
    }
    boolean lagMoved = !Objects.equals(lag(before), lag(after)) || messagesDiffer(before, after);
    boolean longAgo = writtenAt.map(time -> !time.plus(FIGURES_EVERY).isAfter(now)).orElse(true);
    return lagMoved && longAgo ? Due.FIGURES : Due.NOT;
  }

  private static @Nullable String lag(StreamTableStatus status) {
    FreshnessStatus freshness = status.freshness();
    return freshness == null ? null : freshness.lag();
  }

  private static boolean messagesDiffer(StreamTableStatus before, StreamTableStatus after) {
    return !messages(before).equals(messages(after));
  }

  private static Set<String> messages(StreamTableStatus status) {
    Set<String> messages = new HashSet<>();
    for (Condition condition : status.conditions()) {
      if (!condition.isOf(StreamTableCondition.REFRESH_SUCCEEDED)) {
        messages.add(condition.type() + ": " + condition.message());
      }
    }
    return messages;
  }

  /** Everything whose change somebody may be waiting for. */
  private record Flips(
      @Nullable Long generation,
      @Nullable String relation,
      Set<String> conditions,
      @Nullable String mode,
      @Nullable String queryHash,
      @Nullable Object pending,
      @Nullable Object schedule,
      @Nullable Object request,
      @Nullable String systemId,
      @Nullable Long timeline) {

    static Flips of(StreamTableStatus status) {
      PlanStatus plan = status.plan();
      DatabaseStatus database = status.database();
      Set<String> conditions = new HashSet<>();
      status.conditions().forEach(condition -> conditions.add(flip(condition)));
      return new Flips(
          status.observedGeneration(),
          status.relation(),
          conditions,
          plan == null ? null : plan.mode(),
          plan == null ? null : plan.queryHash(),
          status.pendingDefinition(),
          status.schedule(),
          status.refreshRequest(),
          database == null ? null : database.systemId(),
          database == null ? null : database.timeline());
    }

    /** Whether a refresh found changes is a figure; whether it fell back to full is not. */
    private static String flip(Condition condition) {
      boolean figure =
          condition.isOf(StreamTableCondition.REFRESH_SUCCEEDED)
              && (condition.reason().equals(StreamTableReason.REFRESHED.word())
                  || condition.reason().equals(StreamTableReason.NO_CHANGES.word()));
      return "%s %s %s %s"
          .formatted(
              condition.type(),
              condition.status(),
              figure ? "" : condition.reason(),
              condition.observedGeneration());
    }
  }
}
