package dev.pgtrickle.cli.bench.delta;

import dev.pgtrickle.cli.bench.Limit;
import dev.pgtrickle.cli.bench.Measure;
import java.util.List;
import java.util.Map;

/** What is promised. */
final class DeltaLimits {
  private static final double TIMES_OF_HAND_WRITTEN = 1.3;

  /** How many times as fast as REFRESH, by percent of changed rows. */
  private static final Map<Double, Double> SPEED_UPS =
      Map.of(0.01, 100.0, 0.1, 40.0, 1.0, 7.0, 10.0, 2.0);

  private DeltaLimits() {}

  static List<Limit> of(DeltaShape shape, double rate, Measure measure) {
    if (shape != DeltaShape.THREE_WAY) {
      return List.of(
          Limit.ratio(ShapeRun.DELTA, measure, ShapeRun.HAND_WRITTEN, TIMES_OF_HAND_WRITTEN));
    }
    Double speedUp = SPEED_UPS.get(rate);
    return speedUp == null
        ? List.of()
        : List.of(Limit.speedUp(ShapeRun.DELTA, measure, ShapeRun.REFRESH, speedUp));
  }
}
