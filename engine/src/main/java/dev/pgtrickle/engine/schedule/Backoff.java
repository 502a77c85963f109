package dev.pgtrickle.engine.schedule;

import dev.pgtrickle.engine.error.ErrorCode;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after the n-th failure in a row: doubling, bounded, and never in step with
 * others. Losing a race for a lock is nothing: it starts again almost at once; a server that was
 * away is asked again soon.
 */
public final class Backoff {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration LONGEST_WITHOUT_SERVER = Duration.ofSeconds(2);
  private static final Duration LONGEST_AFTER_CONFLICT = Duration.ofSeconds(1);
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration FIRST_AFTER_CONFLICT = Duration.ofMillis(50);

  private final RandomGenerator random;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Between half and all of the doubled delay.
   *
   * @param failures in a row, at least 1
   */
  public Duration delay(int failures, ErrorCode code) {
    boolean conflict =
        switch (code) {
          case LOCK_TIMEOUT, SERIALIZATION_CONFLICT, OBJECT_CHANGED -> true;
          default -> false;
        };
    Duration first = conflict ? FIRST_AFTER_CONFLICT : FIRST;
    long doubled = first.toMillis() << Math.min(failures - 1, 16);
    Duration longest = LONGEST;
    if (conflict) {
      longest = LONGEST_AFTER_CONFLICT;
    } else if (code == ErrorCode.DATABASE_UNAVAILABLE) {
      longest = LONGEST_WITHOUT_SERVER;
    }
    long bound = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(random.nextLong(bound / 2, bound + 1));
  }
}
