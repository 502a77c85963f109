package dev.pgtrickle.crds.condition;

import dev.pgtrickle.crds.Timestamp;
import dev.pgtrickle.crds.Word;
import java.time.Instant;
import java.util.Set;

/**
 * What a condition is about: an enum a kind. Each knows which reasons it may have in which status,
 * so that no other combination can be written.
 */
public interface ConditionType<R extends ConditionReason> {

  /** The constant's name. */
  String name();

  /** The reasons that go with a status; none means that the status is never written. */
  Set<R> reasons(ConditionStatus status);

  /** As status shows it: {@code DatabaseReachable}. */
  default String word() {
    return Word.of(name());
  }

  /** The condition in status True. */
  default Condition isTrue(R reason, String message, long generation, Instant now) {
    return is(ConditionStatus.TRUE, reason, message, generation, now);
  }

  /** The condition in status False. */
  default Condition isFalse(R reason, String message, long generation, Instant now) {
    return is(ConditionStatus.FALSE, reason, message, generation, now);
  }

  /** The condition in status Unknown. */
  default Condition isUnknown(R reason, String message, long generation, Instant now) {
    return is(ConditionStatus.UNKNOWN, reason, message, generation, now);
  }

  /**
   * The condition in this status; a combination that the API does not have is a mistake of ours.
   */
  default Condition is(
      ConditionStatus status, R reason, String message, long generation, Instant now) {
    if (!reasons(status).contains(reason)) {
      throw new IllegalArgumentException(
          "condition " + word() + " is never " + status + " with reason " + reason.word());
    }
    return new Condition(word(), status, reason.word(), message, generation, Timestamp.of(now));
  }
}
