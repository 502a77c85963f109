package dev.pgtrickle.testbed.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program of which a test reads every line as it comes; killed when it is closed. */
public final class WatchedProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private WatchedProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /** Starts a program; both its channels are read as one. */
  public static WatchedProcess start(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new WatchedProcess(builder.start());
    } catch (IOException failure) {
      throw new UncheckedIOException("Could not start " + command.getFirst(), failure);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException ended) {
      lines.add("(output ended)");
    }
  }

  /** What was printed so far, on both channels. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The first line that fits, as soon as it is there. */
  public String awaitLine(Predicate<String> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<String> found = lines.stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() > deadline || (!process.isAlive() && !reader.isAlive())) {
        throw new AssertionError("the line did not come; what came: " + lines);
      }
      Thread.sleep(20);
    }
  }

  /** Asks it to stop, as a service manager does. */
  public void terminate() {
    process.destroy();
  }

  public void kill() {
    process.destroyForcibly();
  }

  /** Waits for the end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end; what it printed: " + lines);
    }
    reader.join();
    return process.exitValue();
  }

  /** Processes that it started. */
  public Map<Long, ProcessHandle> descendants() {
    Map<Long, ProcessHandle> found = new HashMap<>();
    process.descendants().forEach(child -> found.put(child.pid(), child));
    return found;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
