package dev.pgtrickle.cli.bench;

import java.util.Arrays;
import java.util.Collection;

/** Order statistics of measured values. */
public final class Samples {
  private Samples() {}

  public static double median(Collection<Double> values) {
    return percentile(values, 50);
  }

  /** The least value that so many percent of all do not exceed (nearest rank). */
  public static double percentile(Collection<Double> values, int percent) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(sorted.length * percent / 100.0);
    return sorted[Math.max(rank, 1) - 1];
  }
}
