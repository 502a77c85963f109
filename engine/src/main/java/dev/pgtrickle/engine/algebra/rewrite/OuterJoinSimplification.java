package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.algebra.Join;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.property.NullRejection;
import java.util.HashSet;
import java.util.Set;

/**
 * An outer join whose extended rows a condition above it drops again is a simpler join.
 *
 * <pre>
 * BEFORE  Filter(b.x > 1, LeftJoin(a.i = b.i, a, b))
 * AFTER   Filter(b.x > 1, InnerJoin(a.i = b.i, a, b))
 * </pre>
 */
public final class OuterJoinSimplification implements RewriteRule {

  @Override
  public Operator apply(Operator plan) {
    return new BottomUp(this::rewrite).apply(plan);
  }

  private Operator rewrite(Operator operator) {
    return operator instanceof Filter filter
        ? new Filter(
            simplified(filter.input(), NullRejection.notNullWhereTrue(filter.predicate())),
            filter.predicate())
        : operator;
  }

  private static Operator simplified(Operator operator, Set<ColumnId> notNull) {
    if (!(operator instanceof Join join)) {
      return operator;
    }
    Join.Kind kind = simplerKind(join, notNull);
    Set<ColumnId> known = new HashSet<>(notNull);
    if (kind == Join.Kind.INNER) {
      join.condition().map(NullRejection::notNullWhereTrue).ifPresent(known::addAll);
    }
    return new Join(
        kind,
        kind.extendsLeft() ? join.left() : simplified(join.left(), known),
        kind.extendsRight() ? join.right() : simplified(join.right(), known),
        join.condition());
  }

  private static Join.Kind simplerKind(Join join, Set<ColumnId> notNull) {
    boolean left = !ColumnSets.disjoint(ColumnSets.of(join.left()), notNull);
    boolean right = !ColumnSets.disjoint(ColumnSets.of(join.right()), notNull);
    return switch (join.kind()) {
      case INNER -> Join.Kind.INNER;
      case LEFT -> right ? Join.Kind.INNER : Join.Kind.LEFT;
      case RIGHT -> left ? Join.Kind.INNER : Join.Kind.RIGHT;
      case FULL -> {
        if (left && right) {
          yield Join.Kind.INNER;
        }
        // Rows without a left match have NULL there: they are dropped, the left ones are kept.
        yield left ? Join.Kind.LEFT : right ? Join.Kind.RIGHT : Join.Kind.FULL;
      }
    };
  }
}
