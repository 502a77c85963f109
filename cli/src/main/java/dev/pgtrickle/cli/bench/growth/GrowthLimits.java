package dev.pgtrickle.cli.bench.growth;

import dev.pgtrickle.cli.bench.Limit;
import dev.pgtrickle.cli.bench.Measure;
import java.util.List;
import java.util.Map;

/** What a fixed delta may cost when the tables are larger, as a multiple of the first size. */
final class GrowthLimits {

  private record Bounds(double blocks, double time) {}

  private static final Map<Integer, Bounds> BOUNDS =
      Map.of(10, new Bounds(1.3, 1.5), 100, new Bounds(1.7, 2));

  private GrowthLimits() {}

  static List<Limit> of(int factor, String baseline, String question) {
    Bounds bounds = BOUNDS.get(factor);
    return bounds == null
        ? List.of()
        : List.of(
            Limit.ratio(BaseVariant.name(factor), blocks(question), baseline, bounds.blocks()),
            Limit.ratio(BaseVariant.name(factor), time(question), baseline, bounds.time()));
  }

  static Measure blocks(String question) {
    return new Measure(question + " blocks", "blocks");
  }

  static Measure time(String question) {
    return new Measure(question + " time", "ms");
  }
}
