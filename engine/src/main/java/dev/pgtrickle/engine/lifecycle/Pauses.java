package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.util.concurrent.ThreadLocalRandom;

/** A short rest before a first load is tried again. */
final class Pauses {
  private static final long LONGEST_MILLIS = 2000;

  private Pauses() {}

  static void afterFailure(int attempt) {
    long bound = Math.min(LONGEST_MILLIS, 50L << Math.min(attempt, 6));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(bound / 2, bound + 1));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw TrickleException.of(
          ErrorCode.TIMEOUT, "interrupted during the first load", "start it again: it resumes");
    }
  }
}
