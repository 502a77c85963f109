package dev.pgtrickle.testbed.cnpg;

import java.time.Duration;

/** How fast a recorded timeline is played. */
public record Pace(double factor) {
  /** As it was recorded: up to 23 seconds. */
  public static final Pace AS_RECORDED = new Pace(1);

  /** Ten times as fast, for tests in which only the order matters. */
  public static final Pace BRISK = new Pace(0.1);

  Duration of(Duration recorded) {
    return Duration.ofNanos(Math.round(recorded.toNanos() * factor));
  }
}
