package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.TemporalFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sets the comparisons of WHERE with the clock apart, because their truth changes without a change
 * of any row.
 *
 * <pre>
 * BEFORE  Filter(t > now() - '1 day' AND a = 1, Scan(x))
 * AFTER   TemporalFilter(t > now() - '1 day', Filter(a = 1, Scan(x)))
 * </pre>
 *
 * <p>Only a comparison of an expression without the clock with one that has nothing but the clock
 * counts: for it there is one moment at which it turns. Any other use of the clock is left alone.
 */
public final class TemporalFilters implements RewriteRule {
  private static final Set<String> ORDERED = Set.of("<", "<=", ">", ">=");

  @Override
  public Operator apply(Operator plan) {
    return new BottomUp(this::rewrite).apply(plan);
  }

  private Operator rewrite(Operator operator) {
    if (!(operator instanceof Filter filter)) {
      return operator;
    }
    List<Scalar> temporal = new ArrayList<>();
    List<Scalar> others = new ArrayList<>();
    for (Scalar condition : filter.predicate().conjuncts()) {
      (temporal(condition) ? temporal : others).add(condition);
    }
    if (temporal.isEmpty()) {
      return operator;
    }
    Operator rows =
        others.isEmpty() ? filter.input() : new Filter(filter.input(), Scalar.and(others));
    return new TemporalFilter(rows, Scalar.and(temporal));
  }

  private static boolean temporal(Scalar condition) {
    Scalar bare = condition.bare();
    if (bare.form() != Form.INFIX || !ORDERED.contains(bare.operator()) || bare.hasQuery()) {
      return false;
    }
    Scalar left = bare.operands().getFirst();
    Scalar right = bare.operands().getLast();
    return (onlyClock(left) && !ClockReading.in(right))
        || (onlyClock(right) && !ClockReading.in(left));
  }

  private static boolean onlyClock(Scalar scalar) {
    return ClockReading.in(scalar) && scalar.references().isEmpty();
  }
}
