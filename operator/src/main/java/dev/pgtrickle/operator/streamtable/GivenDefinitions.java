package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which definition was given to which engine with what answer, so that it is not analysed again at
 * every look. It is only a memory: forgetting it costs an analysis and changes nothing.
 */
final class GivenDefinitions {
  /** A refusal may be cured from outside: a table is created, a right is granted. */
  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(30);

  /** Tables are often applied together, and one of them reads another. */
  static final Duration ASK_FOR_A_SOURCE_AFTER = Duration.ofSeconds(5);

  /** Somebody else is about to leave, or was just gone. */
  private static final Duration ASK_AGAIN_SOON = Duration.ofSeconds(2);

  private final Map<String, Given> byUid = new ConcurrentHashMap<>();

  /** One answer. */
  record Given(StreamTableDefinition definition, long incarnation, Answer answer, Instant at) {}

  /** The answer that still counts. */
  Optional<Answer> answer(
      String uid, StreamTableDefinition definition, long incarnation, Instant now) {
    return Optional.ofNullable(byUid.get(uid))
        .filter(given -> given.definition().equals(definition))
        .filter(given -> given.incarnation() == incarnation)
        .filter(
            given -> lasts(given).map(length -> given.at().plus(length).isAfter(now)).orElse(true))
        .map(Given::answer);
  }

  /** When the last answer came. */
  Optional<Instant> at(String uid) {
    return Optional.ofNullable(byUid.get(uid)).map(Given::at);
  }

  void remember(
      String uid, StreamTableDefinition definition, long incarnation, Answer answer, Instant now) {
    byUid.put(uid, new Given(definition, incarnation, answer, now));
  }

  void forget(String uid) {
    byUid.remove(uid);
  }

  /** How long an answer counts; empty = until the question changes. */
  static Optional<Duration> lasts(Given given) {
    return switch (given.answer()) {
      case Answer.Refused refused ->
          Optional.of(refused.lacksASource() ? ASK_FOR_A_SOURCE_AFTER : ASK_AGAIN_AFTER);
      case Answer.Postponed postponed -> Optional.of(ASK_AGAIN_SOON);
      case Answer.Decided decided ->
          switch (decided.outcome()) {
            case ApplyOutcome.AwaitingOwner waiting -> Optional.of(ASK_AGAIN_SOON);
            case ApplyOutcome.Conflict conflict -> Optional.of(ASK_AGAIN_AFTER);
            case ApplyOutcome.ObjectExists exists -> Optional.of(ASK_AGAIN_AFTER);
            case ApplyOutcome.AdoptionRefused refused -> Optional.of(ASK_AGAIN_AFTER);
            case ApplyOutcome.Created created -> Optional.empty();
            case ApplyOutcome.Unchanged unchanged -> Optional.empty();
            case ApplyOutcome.Changed changed -> Optional.empty();
            case ApplyOutcome.Adopted adopted -> Optional.empty();
            case ApplyOutcome.Renamed renamed -> Optional.empty();
            case ApplyOutcome.AwaitingApproval approval -> Optional.empty();
            case ApplyOutcome.ChangeRejected rejected -> Optional.empty();
          };
    };
  }

  /** What the engine threw, as an answer. */
  static Answer of(TrickleException failure) {
    return failure.code().kind() == ErrorCode.Kind.TRANSIENT
            || failure.code() == ErrorCode.FENCED_OUT
        ? new Answer.Postponed(failure)
        : new Answer.Refused(failure);
  }
}
