package dev.pgtrickle.engine.definition;

import java.time.Duration;
import java.util.Optional;

/**
 * Bounds of one table's refreshes.
 *
 * @param lockTimeout how long one lock request of ours may wait; the effective value is the least
 *     of it, 500 ms and half of deadlock_timeout (P5)
 * @param refreshTimeout statement_timeout of a refresh
 * @param workMemoryKibibytes work_mem of a refresh
 */
public record Limits(
    Duration lockTimeout, Duration refreshTimeout, Optional<Long> workMemoryKibibytes) {
  public static final Duration MAXIMUM_LOCK_TIMEOUT = Duration.ofMillis(500);

  public static Limits defaults() {
    return new Limits(MAXIMUM_LOCK_TIMEOUT, Duration.ofMinutes(10), Optional.empty());
  }
}
