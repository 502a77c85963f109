package dev.pgtrickle.engine.sql.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Looks for fewer and simpler decisions that still fail. */
final class Shrinking {
  private static final int MOST_ATTEMPTS = 400;

  private final Predicate<List<Integer>> fails;
  private int attempts;

  Shrinking(Predicate<List<Integer>> fails) {
    this.fails = fails;
  }

  List<Integer> shrink(List<Integer> choices) {
    List<Integer> best = choices;
    for (int length = Math.max(1, best.size() / 2); length >= 1; length /= 2) {
      for (int start = 0; start + length <= best.size() && attempts < MOST_ATTEMPTS; ) {
        List<Integer> shorter = new ArrayList<>(best.subList(0, start));
        shorter.addAll(best.subList(start + length, best.size()));
        List<Integer> simpler = new ArrayList<>(best);
        simpler.subList(start, start + length).replaceAll(choice -> 0);
        if (attempt(shorter)) {
          best = shorter;
        } else if (!simpler.equals(best) && attempt(simpler)) {
          best = simpler;
        } else {
          start += length;
        }
      }
    }
    return best;
  }

  private boolean attempt(List<Integer> choices) {
    attempts++;
    return fails.test(choices);
  }
}
