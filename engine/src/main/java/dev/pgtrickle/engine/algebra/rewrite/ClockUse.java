package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.TemporalFilter;

/** Property: where a plan reads the clock. */
public enum ClockUse {
  NOWHERE,
  /** In comparisons of WHERE only: rows come and go with time, but none changes. */
  TEMPORAL_FILTERS,
  ANYWHERE;

  public static ClockUse of(Operator plan) {
    ClockUse use = NOWHERE;
    for (Operator input : plan.inputs()) {
      use = worse(use, of(input));
    }
    for (Scalar scalar : plan.scalars()) {
      if (ClockReading.in(scalar)) {
        use = worse(use, plan instanceof TemporalFilter ? TEMPORAL_FILTERS : ANYWHERE);
      }
      if (ClockReading.inWords(scalar)) {
        use = ANYWHERE;
      }
      for (Scalar part : scalar.withAllOperands()) {
        if (part.query().isPresent()) {
          use = worse(use, of(part.query().get()));
        }
      }
    }
    return use;
  }

  private static ClockUse worse(ClockUse one, ClockUse other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
