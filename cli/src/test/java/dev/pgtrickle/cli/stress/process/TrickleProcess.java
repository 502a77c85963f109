package dev.pgtrickle.cli.stress.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One life of {@code trickle run}. */
public final class TrickleProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final long begin = System.nanoTime();

  /** A test that is broken off leaves no process behind that looks for its server for ever. */
  private final Thread lastResort;

  private TrickleProcess(Process process) {
    this.process = process;
    this.lastResort = new Thread(process::destroyForcibly, "end-trickle");
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /** Starts it; what it prints goes to the end of the log. */
  public static TrickleProcess start(TrickleCommandLine command, Path log) {
    try {
      return new TrickleProcess(
          new ProcessBuilder(command.words())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** When it was started, as {@link System#nanoTime}. */
  long begin() {
    return begin;
  }

  /** SIGKILL: it has no time for anything. */
  public void kill9() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM, as a shell or an orchestrator does it. */
  public void terminate() {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    forgetLastResort();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("trickle run does not end");
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void forgetLastResort() {
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException shuttingDown) {
      // It runs anyway.
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
  }
}
