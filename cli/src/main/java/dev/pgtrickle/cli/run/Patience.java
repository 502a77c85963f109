package dev.pgtrickle.cli.run;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Tries again what passes by itself, until a time is over. */
public final class Patience {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Duration limit;
  private final Terminal terminal;

  /** Waits as long as it takes. */
  public static Patience endless(Terminal terminal) {
    return new Patience(Duration.ofDays(36_500), terminal);
  }

  public Patience(Duration limit, Terminal terminal) {
    this.limit = limit;
    this.terminal = terminal;
  }

  /** The result of the first try that succeeds; each new reason is told once. */
  public <T> T insist(Supplier<T> action) {
    Instant deadline = Instant.now().plus(limit);
    Duration pause = SHORTEST_PAUSE;
    String told = "";
    while (true) {
      try {
        return action.get();
      } catch (TrickleException failure) {
        if (failure.code().kind() != ErrorCode.Kind.TRANSIENT
            || Instant.now().plus(pause).isAfter(deadline)) {
          throw failure;
        }
        String reason = failure.oneLine();
        if (!reason.equals(told)) {
          terminal.complain(reason + "; trying again");
          told = reason;
        }
        sleep(pause);
        pause = longer(pause);
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw TrickleException.of(
          ErrorCode.DATABASE_UNAVAILABLE, "stopped while waiting for the server", "start it again");
    }
  }
}
