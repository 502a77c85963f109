package dev.pgtrickle.cli.run;

import dev.pgtrickle.cli.ExitCodes;
import dev.pgtrickle.cli.engine.Engines;
import dev.pgtrickle.cli.output.OutputForm;
import dev.pgtrickle.cli.output.Printer;
import dev.pgtrickle.cli.output.VerificationView;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creates, refreshes and verifies every table, and ends. */
public final class RefreshOnce {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration REFRESH_LIMIT = Duration.ofMinutes(30);
  private static final int EVENTS = 100;

  private final Engines engines;
  private final Terminal terminal;
  private final OutputForm form;
  private final Printer out;

  public RefreshOnce(Engines engines, Terminal terminal, OutputForm form) {
    this.engines = engines;
    // Nothing but the result goes to standard output, so that a program can read it.
    this.terminal = new Terminal(terminal.err(), terminal.err(), Terminal.Screen.PLAIN);
    this.form = form;
    this.out = new Printer(terminal.out());
  }

  /** The exit code. */
  public int run(List<Assignment> assignments, Optional<Demonstration> demonstration) {
    List<DatabaseRun> runs = new ArrayList<>();
    try {
      int refused = 0;
      for (Assignment assignment : assignments) {
        DatabaseRun run =
            DatabaseRun.open(engines, assignment, terminal, new Patience(PATIENCE, terminal));
        runs.add(run);
        refused += run.apply(assignment.tables());
      }
      demonstration.ifPresent(shops -> shops.happen(EVENTS));
      runs.forEach(run -> run.refreshAll(REFRESH_LIMIT));
      List<VerificationResult> results =
          runs.stream().flatMap(run -> run.verifyAll().stream()).toList();
      out.print(
          form,
          results.stream().map(VerificationView::of).toList(),
          () -> VerificationView.lines(results));
      return exitCode(refused, results);
    } finally {
      runs.forEach(DatabaseRun::close);
    }
  }

  private static int exitCode(int refused, List<VerificationResult> results) {
    if (results.stream().anyMatch(result -> result.verdict() != VerificationResult.Verdict.EXACT)) {
      return ExitCodes.DIFFERENT;
    }
    return refused > 0 ? ExitCodes.FAILED : ExitCodes.OK;
  }
}
