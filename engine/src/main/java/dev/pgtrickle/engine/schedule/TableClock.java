package dev.pgtrickle.engine.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * What the decision about one table rests on.
 *
 * @param lastCurrent when the table was last known to be current, empty before the first time
 * @param retryAt not before then after a failure, empty when the last refresh succeeded
 */
public record TableClock(Optional<Instant> lastCurrent, Optional<Instant> retryAt) {}
