package dev.pgtrickle.operator.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is told of a table.
 *
 * @param dataTime all changes committed before it are in the table; empty before the first load
 * @param current whether the table was current when this was read: then its lag is zero
 */
public record TableFigures(
    Optional<Instant> dataTime, boolean current, long rows, long bytes, long pendingChanges) {

  static final TableFigures UNKNOWN = new TableFigures(Optional.empty(), false, 0, 0, 0);

  /** Seconds, not a number while there are no data. */
  double lagSeconds(Instant now) {
    if (dataTime.isEmpty()) {
      return Double.NaN;
    }
    return current ? 0 : Duration.between(dataTime.get(), now).toMillis() / 1_000.0;
  }
}
