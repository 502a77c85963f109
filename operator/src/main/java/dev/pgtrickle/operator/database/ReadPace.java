package dev.pgtrickle.operator.database;

import java.time.Duration;
import java.time.Instant;

/**
 * When to read the reports of a database again. Reading a thousand tables takes a while, and a
 * thousand tables tell of themselves all the time: whatever they tell, reading gets no more than a
 * fifth of the time, and a tenth when nothing is told. Of one thread.
 */
final class ReadPace {
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final int IDLE_SHARE = 10;
  private static final int TOLD_SHARE = 4;

  private Duration took = Duration.ZERO;
  private Instant endedAt = Instant.EPOCH;

  void read(Instant began, Instant ended) {
    took = Duration.between(began, ended);
    endedAt = ended;
  }

  /** How long to wait for somebody who tells something. */
  Duration idle() {
    Duration share = took.multipliedBy(IDLE_SHARE);
    return share.compareTo(IDLE) > 0 ? share : IDLE;
  }

  /** How long to wait yet when something has been told. */
  Duration told(Instant now) {
    Duration left = Duration.between(now, endedAt.plus(took.multipliedBy(TOLD_SHARE)));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
