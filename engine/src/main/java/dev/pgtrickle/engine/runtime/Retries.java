package dev.pgtrickle.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps those who ask again and again from making a table that stands still busy. */
final class Retries {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Map<Long, Instant> last = new ConcurrentHashMap<>();

  boolean allowed(long streamTableId, Instant now) {
    Instant before = last.get(streamTableId);
    if (before != null && before.plus(INTERVAL).isAfter(now)) {
      return false;
    }
    last.put(streamTableId, now);
    return true;
  }
}
