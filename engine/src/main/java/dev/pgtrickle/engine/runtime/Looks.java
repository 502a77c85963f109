package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;

/**
 * The pauses between looks at something that is awaited: short at first, since most of it takes
 * milliseconds, then longer. For one wait of one thread.
 */
final class Looks {
  private static final long LONGEST_MILLIS = 20;

  private final String remedy;
  private long millis = 1;

  /**
   * Pauses.
   *
   * @param remedy what is said to whoever is interrupted meanwhile
   */
  Looks(String remedy) {
    this.remedy = remedy;
  }

  void pause() {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw TrickleException.of(ErrorCode.TIMEOUT, "interrupted while waiting", remedy);
    }
    millis = Math.min(LONGEST_MILLIS, millis * 2);
  }
}
