package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.error.TrickleException;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What goes on beside the refreshes, each in a thread of its own, so that none waits for another:
 * tables that are created, changed or removed, repairs of capture, drift, and what is swept up.
 */
final class SideTasks {
  /** Tables that are worked on at once. */
  static final int WORKS_AT_ONCE = 8;

  private final TableBook book;
  private final WorkBook works;
  private final WorkTask workTask;
  private final Sweeper sweeper;
  private final Watchman watchman;
  private final Housekeeping housekeeping;

  SideTasks(
      TableBook book,
      WorkBook works,
      WorkTask workTask,
      Sweeper sweeper,
      Watchman watchman,
      Housekeeping housekeeping) {
    this.book = book;
    this.works = works;
    this.workTask = workTask;
    this.sweeper = sweeper;
    this.watchman = watchman;
    this.housekeeping = housekeeping;
  }

  WorkBook works() {
    return works;
  }

  /**
   * Begins what is due.
   *
   * @param fatal hears why the worker must not go on
   */
  void begin(Instant now, Executor executor, Consumer<TrickleException> fatal) {
    for (TableWork work : works.begin(now, WORKS_AT_ONCE, book)) {
      execute(executor, fatal, () -> workTask.run(work));
    }
    if (sweeper.begin(now)) {
      execute(executor, fatal, sweeper::sweep);
    }
    if (watchman.begin(now)) {
      execute(executor, fatal, watchman::look);
    }
    if (housekeeping.beginBeside(now)) {
      execute(executor, fatal, housekeeping::runBeside);
    }
  }

  private static void execute(Executor executor, Consumer<TrickleException> fatal, Runnable work) {
    executor.execute(() -> {
      try {
        work.run();
      } catch (TrickleException failure) {
        fatal.accept(failure);
      }
    });
  }
}
