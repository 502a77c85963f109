package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.time.Duration;

/**
 * The pauses between looks at something that is awaited: short at first, since most of it takes
 * milliseconds, then longer. For one wait of one thread.
 */
final class Looks {
  private final long longestMillis;
  private final String remedy;
  private long millis = 1;

  /**
   * Pauses.
   *
   * @param longest the dearer a look is, the longer
   * @param remedy what is said to whoever is interrupted meanwhile
   */
  Looks(Duration longest, String remedy) {
    this.longestMillis = longest.toMillis();
    this.remedy = remedy;
  }

  void pause() {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw TrickleException.of(ErrorCode.TIMEOUT, "interrupted while waiting", remedy);
    }
    millis = Math.min(longestMillis, millis + millis / 2 + 1);
  }
}
