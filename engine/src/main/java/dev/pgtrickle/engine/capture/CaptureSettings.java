package dev.pgtrickle.engine.capture;

import java.time.Duration;

/**
 * The numbers of capture and cleanup.
 *
 * @param lockBudget how long we ask politely for a lock that writers would queue behind (P5)
 * @param cleaningBudget the same for the janitor's locks on buffers
 * @param flipAboveRows more consumed rows than this in the written buffer make it retire
 * @param flipAfter a buffer with rows retires after this time at the latest
 * @param dropAfter how long a drained buffer stays, so that a running pg_dump still finds it
 */
public record CaptureSettings(
    Duration lockBudget,
    Duration cleaningBudget,
    int flipAboveRows,
    Duration flipAfter,
    Duration dropAfter) {

  public static CaptureSettings standard() {
    return new CaptureSettings(
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        50_000,
        Duration.ofMinutes(10),
        Duration.ofHours(1));
  }
}
