package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.relations.FunctionFacts;
import java.util.Collection;

/** Property: on what the result of a query depends beside the rows of its sources. */
public enum Determinism {
  /** On nothing else. */
  DETERMINISTIC,
  /** On settings, the clock or the content of other tables. */
  STABLE,
  /** On chance. */
  VOLATILE;

  /** The worst of the functions that a query calls. */
  public static Determinism of(Collection<FunctionFacts> functions) {
    Determinism worst = DETERMINISTIC;
    for (FunctionFacts function : functions) {
      Determinism own =
          switch (function.volatility()) {
            case IMMUTABLE -> DETERMINISTIC;
            case STABLE -> STABLE;
            case VOLATILE -> VOLATILE;
          };
      if (own.compareTo(worst) > 0) {
        worst = own;
      }
    }
    return worst;
  }
}
