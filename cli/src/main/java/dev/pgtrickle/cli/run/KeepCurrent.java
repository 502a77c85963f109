package dev.pgtrickle.cli.run;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.engine.error.TrickleException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps every table current and shows how it goes, until the process is asked to stop. */
public final class KeepCurrent {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Engines engines;
  private final Terminal terminal;

  public KeepCurrent(Engines engines, Terminal terminal) {
    this.engines = engines;
    this.terminal = terminal;
  }

  /** The exit code, when there was nothing to keep; otherwise it returns when interrupted. */
  public int run(List<Assignment> assignments, Optional<Demonstration> demonstration) {
    // Closed last: only then may the process end.
    try (StopSignal _ = StopSignal.of(Thread.currentThread())) {
      return keep(assignments, demonstration);
    }
  }

  private int keep(List<Assignment> assignments, Optional<Demonstration> demonstration) {
    List<DatabaseRun> runs = new ArrayList<>();
    try {
      int refused = 0;
      int wanted = 0;
      for (Assignment assignment : assignments) {
        DatabaseRun run =
            DatabaseRun.open(engines, assignment, terminal, Patience.endless(terminal));
        runs.add(run);
        refused += run.apply(assignment.tables());
        wanted += assignment.tables().size();
      }
      if (refused == wanted) {
        return ExitCodes.FAILED;
      }
      demonstration.ifPresent(Demonstration::introduce);
      demonstration.ifPresent(Demonstration::openShops);
      terminal.say("keeping " + (wanted - refused) + " tables current; Ctrl-C ends it");
      return watch(runs);
    } finally {
      runs.forEach(DatabaseRun::close);
    }
  }

  private int watch(List<DatabaseRun> runs) {
    StatusBoard board = new StatusBoard(terminal);
    while (runs.stream().allMatch(run -> run.ended().isEmpty())) {
      show(runs, board);
      try {
        Thread.sleep(LOOK_EVERY);
      } catch (InterruptedException asked) {
        return ExitCodes.OK;
      }
    }
    return ExitCodes.FAILED;
  }

  private static void show(List<DatabaseRun> runs, StatusBoard board) {
    try {
      board.show(runs.stream().flatMap(run -> run.report().stream()).toList(), Instant.now());
    } catch (TrickleException unreadable) {
      // The worker tells why the server is away; the board stays as it is until it is back.
      return;
    }
  }
}
