package dev.pgtrickle.operator.status;

import java.time.Duration;
import java.time.Instant;

/**
 * How many writes of mere figures an operator may still do: a bucket that fills again. What users
 * wait for is never held back by it. Not for several threads at once without a lock.
 */
public final class WriteBudget {
  private final double perSecond;
  private double left;
  private Instant filledAt;

  public WriteBudget(double perSecond, Instant now) {
    this.perSecond = perSecond;
    this.left = perSecond;
    this.filledAt = now;
  }

  /** Whether one more may be done now; then it counts. */
  public synchronized boolean take(Instant now) {
    double elapsed = Duration.between(filledAt, now).toNanos() / 1e9;
    if (elapsed > 0) {
      left = Math.min(perSecond, left + elapsed * perSecond);
      filledAt = now;
    }
    if (left < 1) {
      return false;
    }
    left -= 1;
    return true;
  }
}
