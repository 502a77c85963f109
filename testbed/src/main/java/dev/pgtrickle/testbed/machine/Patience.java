package dev.pgtrickle.testbed.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for what others bring about, by looking again and again. */
public record Patience(Duration limit) {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /**
   * Returns when the condition holds; what is waited for is named in the error when it never does.
   */
  public void await(String what, BooleanSupplier condition) {
    Instant deadline = Instant.now().plus(limit);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline)) {
        throw new TestbedException("Not within " + limit.toSeconds() + " s: " + what);
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TestbedException("Interrupted while waiting: " + what, e);
      }
    }
  }
}
