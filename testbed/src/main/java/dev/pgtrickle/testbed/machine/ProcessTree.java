package dev.pgtrickle.testbed.machine;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Ends a process together with its children. */
public final class ProcessTree {
  private static final long GONE_WITHIN_SECONDS = 10;

  private ProcessTree() {}

  /**
   * SIGKILL for all. A postmaster goes first, so that it cannot start crash recovery, and its
   * backends follow, since their shared memory would keep a new postmaster from starting.
   */
  public static void kill(ProcessHandle parent) {
    List<ProcessHandle> family = Stream.concat(Stream.of(parent), parent.children()).toList();
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(ProcessTree::awaitEnd);
  }

  /** Not interruptible: callers rely on the end, and SIGKILL leaves little to wait for. */
  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().orTimeout(GONE_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new TestbedException("Process " + process.pid() + " survives SIGKILL", e);
    }
  }
}
