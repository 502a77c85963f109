package dev.pgtrickle.operator.event;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps events few: the same one is not told again for ten minutes, and an object has a supply that
 * fills slowly, so that one which is in trouble for days does not fill the API server.
 */
public final class EventLimiter {
  static final Duration SAME = Duration.ofMinutes(10);
  static final int SUPPLY = 25;
  static final Duration REFILL = Duration.ofMinutes(5);

  private final Map<EventKey, Instant> told = new HashMap<>();
  private final Map<String, Supply> supplies = new HashMap<>();

  private record Supply(int left, Instant filledAt) {}

  /** Whether to tell it now; then it counts as told. */
  public synchronized boolean admit(EventKey key, Instant now) {
    told.values().removeIf(time -> !time.plus(SAME).isAfter(now));
    if (told.containsKey(key)) {
      return false;
    }
    Supply supply = filled(supplies.getOrDefault(key.uid(), new Supply(SUPPLY, now)), now);
    if (supply.left() == 0) {
      supplies.put(key.uid(), supply);
      return false;
    }
    supplies.put(key.uid(), new Supply(supply.left() - 1, supply.filledAt()));
    told.put(key, now);
    return true;
  }

  /** An object that is gone needs no memory. */
  public synchronized void forget(String uid) {
    supplies.remove(uid);
    told.keySet().removeIf(key -> key.uid().equals(uid));
  }

  private static Supply filled(Supply supply, Instant now) {
    long parts = Duration.between(supply.filledAt(), now).dividedBy(REFILL);
    if (parts <= 0) {
      return supply;
    }
    return new Supply(
        (int) Math.min(SUPPLY, supply.left() + parts),
        supply.filledAt().plus(REFILL.multipliedBy(parts)));
  }
}
