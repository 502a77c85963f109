package dev.pgtrickle.cli.bench.delta;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param rows sizes of the fact table; the first one is measured with all shapes, others with the
 *     three-way join
 * @param rates changed rows of the fact table, in percent of them
 */
public record DeltaPlan(
    List<Integer> rows, List<Double> rates, Set<DeltaShape> shapes, int rounds) {

  List<DeltaShape> shapes(int index) {
    List<DeltaShape> chosen = new ArrayList<>();
    for (DeltaShape shape : DeltaShape.values()) {
      if (shapes.contains(shape) && (index == 0 || shape == DeltaShape.THREE_WAY)) {
        chosen.add(shape);
      }
    }
    return chosen;
  }

  static long changed(int rows, double rate) {
    return Math.max(1, Math.round(rows * rate / 100));
  }
}
