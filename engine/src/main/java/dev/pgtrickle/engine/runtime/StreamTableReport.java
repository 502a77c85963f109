package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of status.
 *
 * @param state creating, loading, active, suspended or stalled
 * @param mode Differential or Full, with {@code reason} why
 * @param dataTime all changes committed before it are in the table
 */
public record StreamTableReport(
    QualifiedName relation,
    String state,
    String mode,
    String planClass,
    String reason,
    String schedule,
    List<String> sources,
    Optional<Instant> dataTime,
    Optional<Duration> lag,
    long rows,
    long bytes,
    long pendingChanges,
    Optional<RefreshReport> lastRefresh,
    int consecutiveFailures,
    Optional<Problem> problem) {

  /** Why a table stands still or fails. */
  public record Problem(String code, String message, String remedy) {}
}
