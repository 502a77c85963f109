package dev.pgtrickle.cli.output;

import dev.pgtrickle.engine.runtime.RefreshReport;

/** A refresh as JSON and YAML show it. Field names are stable. */
public record RefreshView(
    String finishedAt,
    double durationMillis,
    String mode,
    String reason,
    long changes,
    long rowsInserted,
    long rowsUpdated,
    long rowsDeleted) {
  private static final double NANOS_IN_MILLI = 1e6;

  public static RefreshView of(RefreshReport report) {
    return new RefreshView(
        report.finishedAt().toString(),
        report.duration().toNanos() / NANOS_IN_MILLI,
        report.mode(),
        report.reason(),
        report.changes(),
        report.rowsInserted(),
        report.rowsUpdated(),
        report.rowsDeleted());
  }

  /** What changed, in a few characters: +3 ~9 -0. */
  static String changed(RefreshReport report) {
    return "+%d ~%d -%d"
        .formatted(report.rowsInserted(), report.rowsUpdated(), report.rowsDeleted());
  }
}
