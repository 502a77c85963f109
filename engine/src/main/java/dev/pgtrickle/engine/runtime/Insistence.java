package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Tries again what a person waits for, as long as only others are in the way. */
final class Insistence {
  private static final int ATTEMPTS = 40;
  private static final int QUICK_ATTEMPTS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 400;

  private Insistence() {}

  static <R> R untilQuiet(Supplier<R> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (TrickleException failure) {
        boolean passes =
            failure.code().kind() == ErrorCode.Kind.TRANSIENT
                || failure.code() == ErrorCode.FENCED_OUT;
        if (!passes || attempt == ATTEMPTS) {
          throw failure;
        }
        pause();
      }
    }
  }

  /** Tries again at once what only met an object that was just changed or dropped. */
  static <R> R whileChanging(Supplier<R> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (TrickleException failure) {
        if (failure.code() != ErrorCode.OBJECT_CHANGED || attempt == QUICK_ATTEMPTS) {
          throw failure;
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(50, LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw TrickleException.of(ErrorCode.TIMEOUT, "interrupted while waiting", "try again");
    }
  }
}
