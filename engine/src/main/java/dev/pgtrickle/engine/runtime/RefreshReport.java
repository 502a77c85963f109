package dev.pgtrickle.engine.runtime;

import java.time.Duration;
import java.time.Instant;

/**
 * The end of one refresh, as history has it.
 *
 * @param cause Schedule, OnChange, Request, Initial, Retry, Definition or Adoption
 */
public record RefreshReport(
    Instant finishedAt,
    Duration duration,
    String cause,
    String mode,
    String reason,
    long changes,
    long rowsInserted,
    long rowsUpdated,
    long rowsDeleted) {}
