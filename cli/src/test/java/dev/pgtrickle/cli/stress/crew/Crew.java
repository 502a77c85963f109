package dev.pgtrickle.cli.stress.crew;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Threads that share a stop signal. What ends one of them early is kept and shown at the end. */
public final class Crew {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StopSignal stop = new StopSignal();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  /** The work of one thread, until the signal is given. */
  @FunctionalInterface
  public interface Work {
    void run(StopSignal stop) throws Exception;
  }

  /** Starts a thread. */
  public void start(String name, Work work) {
    threads.add(
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .start(() -> {
              try {
                work.run(stop);
              } catch (Exception | Error failure) {
                failures.add(failure);
              }
            }));
  }

  /** The signal that ends them all. */
  public StopSignal signal() {
    return stop;
  }

  /** Gives the signal and waits for all; throws what went wrong in any. */
  public void finish() throws InterruptedException {
    stop.give();
    for (Thread thread : threads) {
      if (!thread.join(PATIENCE)) {
        AssertionError stuck = new AssertionError(thread.getName() + " does not end");
        stuck.setStackTrace(thread.getStackTrace());
        failures.add(stuck);
      }
    }
    check();
  }

  /** Throws what went wrong so far. */
  public void check() {
    Throwable first = failures.peek();
    if (first != null) {
      AssertionError error = new AssertionError("a thread of the stress failed", first);
      failures.stream().skip(1).forEach(error::addSuppressed);
      throw error;
    }
  }
}
