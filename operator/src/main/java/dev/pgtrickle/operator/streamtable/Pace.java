package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When to look again, if nothing happens before. */
final class Pace {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LATER = Duration.ofSeconds(30);
  private static final Duration NET = Duration.ofMinutes(5);
  private static final double JITTER = 0.1;
  private static final Duration SHORTEST = Duration.ofMillis(50);

  private final RandomGenerator random;

  Pace(RandomGenerator random) {
    this.random = random;
  }

  Duration after(Gate gate, Progress progress, Optional<Instant> held, Instant now) {
    if (held.isPresent()) {
      return shorter(until(held.get(), now), LATER);
    }
    return switch (gate) {
      case Gate.HandsOff handsOff -> net();
      case Gate.Refused refused -> net();
      case Gate.Away away -> LATER;
      case Gate.Settling settling -> until(settling.until(), now);
      case Gate.Open open ->
          switch (progress.relay()) {
            case Relay.Failed failed -> SOON;
            case Relay.Nothing nothing -> afterAnswer(progress);
            case Relay.Accepted accepted -> afterAnswer(progress);
          };
    };
  }

  private Duration afterAnswer(Progress progress) {
    return progress.answer().map(this::after).orElse(SOON);
  }

  private Duration after(Answer answer) {
    return switch (answer) {
      case Answer.Refused refused ->
          refused.lacksASource() ? GivenDefinitions.ASK_FOR_A_SOURCE_AFTER : LATER;
      case Answer.Postponed postponed -> SOON;
      case Answer.Decided decided ->
          switch (decided.outcome()) {
            case ApplyOutcome.AwaitingOwner waiting -> SOON;
            default -> decided.outcome().claim() == ApplyOutcome.Claim.HELD ? net() : LATER;
          };
    };
  }

  /** Spread, so that a thousand objects do not come back together. */
  private Duration net() {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis(Math.round(NET.toMillis() * factor));
  }

  private static Duration until(Instant time, Instant now) {
    Duration wait = Duration.between(now, time);
    return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
  }

  private static Duration shorter(Duration left, Duration right) {
    return left.compareTo(right) < 0 ? left : right;
  }
}
