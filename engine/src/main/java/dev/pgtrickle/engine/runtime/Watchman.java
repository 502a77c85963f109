package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.definition.DriftPolicy;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.DriftWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Looks for drift every five minutes, never in step with others, and when it is asked to. */
final class Watchman {
  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final double JITTER = 0.1;

  private final DriftWatch watch;
  private final WorkBook works;
  private final EngineListener listener;
  private final RandomGenerator random;
  private volatile boolean running;
  private volatile Instant next;

  Watchman(
      DriftWatch watch,
      WorkBook works,
      EngineListener listener,
      Instant now,
      RandomGenerator random) {
    this.watch = watch;
    this.works = works;
    this.listener = listener;
    this.random = random;
    this.next = now.plus(interval());
  }

  void lookSoon() {
    next = Instant.EPOCH;
  }

  /** Whether it is time; then it counts as begun. */
  boolean begin(Instant now) {
    if (running || next.isAfter(now)) {
      return false;
    }
    next = now.plus(interval());
    running = true;
    return true;
  }

  /** Throws only FENCED_OUT. */
  void look() {
    try {
      for (DriftWatch.Drifted drifted : watch.look()) {
        if (drifted.policy() == DriftPolicy.REPAIR) {
          works.want(drifted.streamTableId());
        } else if (drifted.news() == DriftWatch.Drifted.News.FIRST_SEEN) {
          listener.on(new EngineEvent.Drifted(drifted.relation(), drifted.drift()));
        }
      }
    } catch (TrickleException failure) {
      if (failure.code() == ErrorCode.FENCED_OUT) {
        throw failure;
      }
      listener.on(new EngineEvent.Unreachable(failure));
    } finally {
      running = false;
    }
  }

  private Duration interval() {
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis(Math.round(INTERVAL.toMillis() * factor));
  }
}
