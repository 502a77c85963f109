package dev.pgtrickle.cli.run;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.runtime.StreamTableReport;
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
      watch(runs);
      return ExitCodes.OK;
    } finally {
      runs.forEach(DatabaseRun::close);
    }
  }

  private void watch(List<DatabaseRun> runs) {
    StatusBoard board = new StatusBoard(terminal);
    String told = "";
    while (!Thread.currentThread().isInterrupted()) {
      try {
        List<StreamTableReport> reports =
            runs.stream().flatMap(run -> run.report().stream()).toList();
        board.show(reports, Instant.now());
        told = "";
      } catch (TrickleException failure) {
        String line = failure.oneLine();
        if (!line.equals(told)) {
          terminal.complain(line);
          told = line;
        }
      }
      try {
        Thread.sleep(LOOK_EVERY);
      } catch (InterruptedException asked) {
        return;
      }
    }
  }
}
