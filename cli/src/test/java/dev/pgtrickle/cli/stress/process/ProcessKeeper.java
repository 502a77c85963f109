package dev.pgtrickle.cli.stress.process;

import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Kills the product and starts it again, over and over; at times the successor starts while the
 * predecessor still lives. The last one is left alive until {@link #close}.
 */
public final class ProcessKeeper implements Crew.Work, AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration LONGEST_OVERLAP = Duration.ofMillis(2500);

  private final TrickleCommandLine command;
  private final Path log;
  private final Lifetimes lifetimes;
  private final Outages outages;
  private final Random random;
  private final List<String> unexpectedEnds = new ArrayList<>();
  private TrickleProcess current;
  private Path currentLog;
  private boolean contested;
  private int lives;
  private int kills;
  private int takeovers;

  /** How long a life is. */
  public record Lifetimes(Duration shortest, Duration longest) {
    Duration draw(Random random) {
      long spread = longest.minus(shortest).toMillis();
      return shortest.plusMillis(random.nextInt((int) spread + 1));
    }
  }

  /** Starts the first life. */
  public ProcessKeeper(
      TrickleCommandLine command, Path log, Lifetimes lifetimes, Outages outages, Random random) {
    this.command = command;
    this.log = log;
    this.lifetimes = lifetimes;
    this.outages = outages;
    this.random = random;
    this.currentLog = log;
    this.current = start();
  }

  /** Each life has a log of its own, so that it can be asked why it ended. */
  private TrickleProcess start() {
    lives++;
    currentLog = log.resolveSibling(log.getFileName() + "." + lives);
    return TrickleProcess.start(command, currentLog);
  }

  @Override
  public void run(StopSignal stop) {
    while (!live(lifetimes.draw(random), stop)) {
      if (random.nextInt(4) == 0) {
        takeOver(stop);
      } else {
        kill();
      }
    }
  }

  /** Watches one life to its end, or until all stop, which it then says. */
  private boolean live(Duration life, StopSignal stop) {
    long end = System.nanoTime() + life.toNanos();
    while (System.nanoTime() - end < 0) {
      reviveIfDead();
      if (stop.pause(LOOK)) {
        return true;
      }
    }
    return false;
  }

  /** Kills the present life and begins the next at once. */
  public synchronized void kill() {
    current.kill9();
    kills++;
    contested = false;
    current = start();
  }

  private void takeOver(StopSignal stop) {
    TrickleProcess predecessor;
    synchronized (this) {
      predecessor = current;
      contested = !hasWorked(currentLog);
      current = start();
      takeovers++;
    }
    stop.pause(Duration.ofMillis(random.nextInt((int) LONGEST_OVERLAP.toMillis())));
    predecessor.kill9();
  }

  /** It may end by itself only when it could not reach the server, or lost it to its rival. */
  public synchronized void reviveIfDead() {
    if (!current.isAlive()) {
      if (!outages.happenedSince(current.begin()) && !lostToRival()) {
        unexpectedEnds.add("exit code " + current.exitCode() + ", see " + currentLog);
      }
      contested = false;
      current = start();
    }
  }

  /**
   * A predecessor that was still starting itself may come to the database after its successor. One
   * that was the owner already must never get it back.
   */
  private boolean lostToRival() {
    return contested && read(currentLog).contains("FencedOut: another worker owns this database");
  }

  /** Whether it was the owner: only then does it say how a table is. */
  private static boolean hasWorked(Path log) {
    String said = read(log);
    return said.contains(" is there already") || said.contains(" created and loaded");
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Throws when it has ended by itself. */
  public synchronized void requireAlive() {
    if (!current.isAlive()) {
      throw new AssertionError("trickle run ended by itself, see " + currentLog);
    }
  }

  /** Lives ended by SIGKILL. */
  public synchronized int kills() {
    return kills;
  }

  /** Successors that found their predecessor alive. */
  public synchronized int takeovers() {
    return takeovers;
  }

  /** Lives that ended by themselves. */
  public synchronized List<String> unexpectedEnds() {
    return List.copyOf(unexpectedEnds);
  }

  @Override
  public synchronized void close() {
    current.close();
  }
}
