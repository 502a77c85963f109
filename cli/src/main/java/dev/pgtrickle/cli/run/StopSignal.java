package dev.pgtrickle.cli.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM end the JVM through its shutdown hooks. This one interrupts the thread that
 * works and lets the JVM wait until that has put everything back in order.
 */
public final class StopSignal implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Thread hook;

  private StopSignal(Thread worker) {
    this.hook =
        new Thread(
            () -> {
              asked.set(true);
              worker.interrupt();
              try {
                finished.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
              } catch (InterruptedException impatient) {
                Thread.currentThread().interrupt();
              }
            },
            "stop-trickle");
  }

  public static StopSignal of(Thread worker) {
    StopSignal signal = new StopSignal(worker);
    Runtime.getRuntime().addShutdownHook(signal.hook);
    return signal;
  }

  /** Whether it was asked to stop: what fails from then on is no news. */
  public boolean asked() {
    return asked.get();
  }

  /** Says that everything is in order. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyStopping) {
      // The hook runs already: that is what it is for.
    }
  }
}
