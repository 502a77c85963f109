package dev.pgtrickle.testbed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A long-running program that cannot outlive this JVM, even when that is killed.
 *
 * <p>It holds the reading end of a pipe whose other end only this JVM has. A small shell beside it
 * waits for the end of that pipe, which the operating system brings about however the JVM dies, and
 * then kills the program.
 */
public final class ChildProcess {
  private static final String SUPERVISED =
      """
      exec 3<&0 </dev/null
      (cat <&3; kill -KILL $$) >/dev/null 2>&1 &
      exec 3<&- "$@"
      """;
  private static final int LINES_SHOWN = 15;

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts a program whose output goes to a file. */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path log) {
    List<String> words = new ArrayList<>();
    // In a session of its own: Ctrl-C in a terminal must reach us only, we then stop the program.
    if (ExternalProgram.works(List.of("setsid", "true"))) {
      words.add("setsid");
    }
    words.addAll(List.of("sh", "-c", SUPERVISED, name));
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return new ChildProcess(name, builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + name, e);
    }
  }

  /** The process id of the program itself. */
  public long id() {
    return process.pid();
  }

  /** Whether the program still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Whether the program ends by itself in this time. */
  public boolean endsWithin(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What the ended program returned. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Ends the program at once, by SIGKILL, and returns when it is gone. */
  public void kill() {
    ProcessTree.kill(process.toHandle());
    // The handle may know of the end before the process does.
    process.onExit().join();
  }

  /** What the program is called in messages. */
  public String name() {
    return name;
  }

  /** The last lines that the program wrote. */
  public String logTail() {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    } catch (IOException e) {
      return log + " could not be read: " + e;
    }
  }
}
