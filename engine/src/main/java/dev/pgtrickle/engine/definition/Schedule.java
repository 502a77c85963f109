package dev.pgtrickle.engine.definition;

import java.time.Duration;

/** When a table is due. */
public sealed interface Schedule {

  /** So that its data is never older than the interval, as far as the work allows. */
  record Every(Duration interval) implements Schedule {
    public Every {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("an interval is positive");
      }
    }
  }

  /** As soon as a source has changed. */
  record OnChange() implements Schedule {}

  /** Only on request. */
  record Manual() implements Schedule {}
}
