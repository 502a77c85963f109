package dev.pgtrickle.cli.stress.crew;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells threads to end, also while they pause. */
public final class StopSignal {
  private final CountDownLatch given = new CountDownLatch(1);

  /** Gives the signal, for good. */
  public void give() {
    given.countDown();
  }

  /** Whether the signal was given. */
  public boolean isGiven() {
    return given.getCount() == 0;
  }

  /** Waits that long, or until the signal is given, which it then says. */
  public boolean pause(Duration duration) {
    try {
      return given.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
