package dev.pgtrickle.testbed.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Ends a process together with its children. */
public final class ProcessTree {
  private static final long GONE_WITHIN_SECONDS = 10;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** The letters of /proc for a zombie and for a dead process. */
  private static final Set<String> ENDED = Set.of("Z", "X");

  private static final int PARENT = 1;

  /** Where the number of threads stands: a first thread ends before the last. */
  private static final int THREADS = 17;

  private ProcessTree() {}

  /**
   * SIGKILL for all. A postmaster goes first, so that it cannot start crash recovery, and its
   * backends follow, since their shared memory would keep a new postmaster from starting.
   */
  public static void kill(ProcessHandle parent) {
    List<ProcessHandle> family = Stream.concat(Stream.of(parent), parent.children()).toList();
    family.forEach(ProcessHandle::destroyForcibly);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GONE_WITHIN_SECONDS);
    for (ProcessHandle process : family) {
      awaitEnd(process, deadline);
    }
  }

  /** Not interruptible: callers rely on the end, and SIGKILL leaves little to wait for. */
  private static void awaitEnd(ProcessHandle process, long deadline) {
    while (!hasEnded(process)) {
      if (System.nanoTime() - deadline > 0) {
        throw new TestbedException("Process " + process.pid() + " survives SIGKILL");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Whether nothing of a process runs any more, though init may still have to reap it. */
  public static boolean hasEnded(ProcessHandle process) {
    return !process.isAlive() || isOnlyUnreaped(process);
  }

  /**
   * Whether only the entry of a process is left. Children of a killed parent are init's to reap,
   * which takes some inits seconds; their files, locks and memory are gone before. Our own are
   * reaped at once.
   */
  private static boolean isOnlyUnreaped(ProcessHandle process) {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      // The name, in parentheses, may contain anything.
      String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
      boolean ours = Long.parseLong(fields[PARENT]) == ProcessHandle.current().pid();
      return !ours && ENDED.contains(fields[0]) && Integer.parseInt(fields[THREADS]) <= 1;
    } catch (IOException noSuchEntry) {
      return false;
    }
  }
}
