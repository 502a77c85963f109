package dev.pgtrickle.operator.database;

import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.runtime.RefreshReport;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import dev.pgtrickle.operator.status.LagBucket;
import java.util.List;
import java.util.Optional;

/**
 * What of a report makes the reconciler look: all that can flip a condition, and the lag by its
 * step. Rows, sizes and times change with every refresh and wake nobody.
 */
record ReportChange(
    Origin owner,
    String state,
    String mode,
    String reason,
    boolean populated,
    String queryHash,
    int failures,
    Optional<StreamTableReport.Problem> problem,
    List<StreamTableReport.Drift> drift,
    Optional<?> pending,
    Optional<StreamTableReport.Request> request,
    Optional<String> lastMode,
    Optional<LagBucket> lag) {

  static ReportChange of(StreamTableReport report, Optional<LagBucket> shown) {
    return new ReportChange(
        report.life().owner(),
        report.state(),
        report.mode(),
        report.reason(),
        report.life().populated(),
        report.life().queryHash(),
        Failures.step(report.consecutiveFailures()),
        report.problem(),
        report.drift(),
        report.life().pending(),
        report.life().request(),
        report.lastRefresh().map(RefreshReport::mode),
        report.lag().map(lag -> LagBucket.of(lag, shown)));
  }

  /** Counts that are told: none, some, enough to say that refreshing fails, and the next tens. */
  private static final class Failures {
    private static final int[] STEPS = {1, 5, 10, 100};

    static int step(int failures) {
      int step = 0;
      for (int limit : STEPS) {
        if (failures >= limit) {
          step = limit;
        }
      }
      return step;
    }
  }
}
