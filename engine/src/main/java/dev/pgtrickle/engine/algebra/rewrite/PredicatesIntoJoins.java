package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.FreeColumns;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves the conditions of WHERE to where they can first be decided: the joins of a comma list have
 * none of their own, and without them a delta would be a cross product.
 *
 * <pre>
 * BEFORE  Filter(a.x = b.y AND a.z > 1, Join(a, b))
 * AFTER   Join(a.x = b.y, Filter(a.z > 1, a), b)
 * </pre>
 *
 * <p>A condition passes an outer join only on the side whose rows are kept. One with a query in it
 * stays: where it is decided, other rules look for it.
 */
public final class PredicatesIntoJoins implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    return new BottomUp(this::rewrite).apply(plan);
  }

  private Operator rewrite(Operator operator) {
    if (!(operator instanceof Filter filter) || !(filter.input() instanceof Join join)) {
      return operator;
    }
    return push(join, filter.predicate().conjuncts());
  }

  private Operator push(Operator operator, List<Scalar> conditions) {
    if (conditions.isEmpty()) {
      return operator;
    }
    if (!(operator instanceof Join join)) {
      return filtered(operator, conditions);
    }
    List<Scalar> left = new ArrayList<>();
    List<Scalar> right = new ArrayList<>();
    List<Scalar> both = new ArrayList<>();
    List<Scalar> above = new ArrayList<>();
    for (Scalar condition : conditions) {
      place(condition, join, left, right, both, above);
    }
    Operator newLeft = push(join.left(), left);
    Operator newRight = push(join.right(), right);
    Optional<Scalar> condition = join.condition();
    if (!both.isEmpty()) {
      List<Scalar> all = new ArrayList<>(join.condition().map(Scalar::conjuncts).orElse(List.of()));
      all.addAll(both);
      condition = Optional.of(Scalar.and(all));
    }
    Operator pushed = new Join(join.kind(), newLeft, newRight, condition);
    return above.isEmpty() ? pushed : filtered(pushed, above);
  }

  private static void place(
      Scalar condition,
      Join join,
      List<Scalar> left,
      List<Scalar> right,
      List<Scalar> both,
      List<Scalar> above) {
    Set<ColumnId> used = condition.references();
    boolean needsLeft = !ColumnSets.disjoint(used, ColumnSets.of(join.left()));
    boolean needsRight = !ColumnSets.disjoint(used, ColumnSets.of(join.right()));
    boolean onlyLeft = needsLeft && !needsRight && !join.kind().extendsLeft();
    boolean onlyRight = needsRight && !needsLeft && !join.kind().extendsRight();
    if (condition.hasQuery()) {
      above.add(condition);
    } else if (onlyLeft) {
      left.add(condition);
    } else if (onlyRight && FreeColumns.of(join.right()).isEmpty()) {
      right.add(condition);
    } else if (needsLeft && needsRight && join.kind() == Join.Kind.INNER) {
      both.add(condition);
    } else {
      above.add(condition);
    }
  }

  private static Operator filtered(Operator operator, List<Scalar> conditions) {
    if (operator instanceof Filter filter) {
      List<Scalar> all = new ArrayList<>(filter.predicate().conjuncts());
      all.addAll(conditions);
      return new Filter(filter.input(), Scalar.and(all));
    }
    return new Filter(operator, Scalar.and(conditions));
  }
}
