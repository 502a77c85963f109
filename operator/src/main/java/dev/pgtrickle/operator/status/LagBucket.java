package dev.pgtrickle.operator.status;

import java.time.Duration;
import java.util.Optional;

/**
 * How old the data may be, in steps that are coarse enough to be written into a status. The exact
 * lag is a metric.
 */
public enum LagBucket {
  SECOND("<=1s", Duration.ofSeconds(1)),
  FIVE_SECONDS("<=5s", Duration.ofSeconds(5)),
  HALF_MINUTE("<=30s", Duration.ofSeconds(30)),
  TWO_MINUTES("<=2m", Duration.ofMinutes(2)),
  TEN_MINUTES("<=10m", Duration.ofMinutes(10)),
  HOUR("<=1h", Duration.ofHours(1)),
  SIX_HOURS("<=6h", Duration.ofHours(6)),
  DAY("<=1d", Duration.ofDays(1)),
  MORE(">1d", Duration.ofSeconds(Long.MAX_VALUE));

  /** A lag has to be this much better than the boundary before the better step is shown. */
  private static final double HYSTERESIS = 0.8;

  private final String word;
  private final Duration limit;

  LagBucket(String word, Duration limit) {
    this.word = word;
    this.limit = limit;
  }

  /** As the status shows it. */
  public String word() {
    return word;
  }

  /** The step with this word, if it is one of ours. */
  public static Optional<LagBucket> ofWord(String word) {
    for (LagBucket bucket : values()) {
      if (bucket.word.equals(word)) {
        return Optional.of(bucket);
      }
    }
    return Optional.empty();
  }

  /**
   * The step that a lag is in.
   *
   * @param shown what is shown now: a lag that swings around a boundary does not change it
   */
  public static LagBucket of(Duration lag, Optional<LagBucket> shown) {
    LagBucket exact = exact(lag);
    if (shown.isEmpty() || exact.compareTo(shown.get()) >= 0) {
      return exact;
    }
    // It got better. Of the better steps, the best whose limit is kept with a margin.
    LagBucket careful = exact(Duration.ofNanos(Math.round(nanos(lag) / HYSTERESIS)));
    return careful.compareTo(shown.get()) < 0 ? careful : shown.get();
  }

  private static LagBucket exact(Duration lag) {
    for (LagBucket bucket : values()) {
      if (lag.compareTo(bucket.limit) <= 0) {
        return bucket;
      }
    }
    return MORE;
  }

  private static long nanos(Duration lag) {
    Duration longest = Duration.ofDays(3_650);
    return lag.compareTo(longest) > 0 ? longest.toNanos() : lag.toNanos();
  }
}
