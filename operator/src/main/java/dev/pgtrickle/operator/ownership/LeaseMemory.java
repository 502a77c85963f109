package dev.pgtrickle.operator.ownership;

import java.time.Instant;
import java.util.Optional;

/**
 * What was seen of a Lease, and since when it has not changed, by our own clock: clocks of two
 * machines are never compared.
 */
public record LeaseMemory(Optional<LeaseRecord> record, Instant seenAt) {

  /** Nothing was seen yet. */
  public static LeaseMemory none() {
    return new LeaseMemory(Optional.empty(), Instant.EPOCH);
  }
}
