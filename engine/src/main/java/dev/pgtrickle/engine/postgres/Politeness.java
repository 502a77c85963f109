package dev.pgtrickle.engine.postgres;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How we ask for a lock that others would have to queue behind (P5). */
final class Politeness {
  private static final long FIRST_WAIT_MILLIS = 1;
  private static final long SHORTEST_WAIT_MILLIS = 20;
  private static final long LONGEST_WAIT_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private Politeness() {}

  /** The lock_timeout of an attempt: practically NOWAIT first, then 20, 40, 80, 100 ms. */
  static Duration wait(int attempt) {
    if (attempt == 0) {
      return Duration.ofMillis(FIRST_WAIT_MILLIS);
    }
    long doubled = SHORTEST_WAIT_MILLIS << Math.min(attempt - 1, 10);
    return Duration.ofMillis(Math.min(doubled, LONGEST_WAIT_MILLIS));
  }

  /** Leaves room for those who queued behind us, longer each time, never in step with others. */
  static void pause(int attempt) {
    long bound = Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_WAIT_MILLIS << Math.min(attempt, 10));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw TrickleException.of(
          ErrorCode.LOCK_TIMEOUT, "interrupted while waiting for a lock", "start it again");
    }
  }

  static boolean worthAnotherTry(ErrorCode code) {
    return code == ErrorCode.LOCK_TIMEOUT
        || code == ErrorCode.SERIALIZATION_CONFLICT
        || code == ErrorCode.OBJECT_CHANGED;
  }
}
