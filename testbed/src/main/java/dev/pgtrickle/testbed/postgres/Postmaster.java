package dev.pgtrickle.testbed.postgres;

import dev.pgtrickle.testbed.machine.ExternalProgram;
import dev.pgtrickle.testbed.machine.ProcessTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running server: the process {@code postgres} itself, our direct child. */
record Postmaster(Process process) {
  /** How PostgreSQL is asked to stop. */
  enum StopSignal {
    /** Rolls back what runs, writes a checkpoint. */
    FAST("INT"),
    /** Stops as in a crash; the next start recovers. */
    IMMEDIATE("QUIT");

    private final String signal;

    StopSignal(String signal) {
      this.signal = signal;
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static Postmaster launch(List<String> command, Path log) {
    try {
      return new Postmaster(
          new ProcessBuilder(command)
              .directory(new java.io.File("/"))
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long id() {
    return process.pid();
  }

  /** Stops by the signal; a server that does not obey is killed. */
  void stop(StopSignal signal) {
    // Java can send SIGTERM and SIGKILL only. SIGTERM would wait for every session to end.
    ExternalProgram.run(List.of("sh", "-c", "kill -s " + signal.signal + " " + id()));
    if (!awaitEnd(PATIENCE)) {
      kill();
    }
  }

  void kill() {
    ProcessTree.kill(process.toHandle());
    // The handle may know of the end before the process does.
    process.onExit().join();
  }

  /** Sends SIGKILL to one backend, to which the postmaster answers with a crash restart of all. */
  void killBackend(long backend) {
    ProcessHandle handle =
        process
            .children()
            .filter(child -> child.pid() == backend)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("Not a process of this server: " + backend));
    handle.destroyForcibly();
  }

  private boolean awaitEnd(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
