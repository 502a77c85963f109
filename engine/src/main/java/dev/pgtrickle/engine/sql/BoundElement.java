package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.AggregateFunction;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.sql.token.Token;
import java.util.List;
import java.util.Optional;

/** A piece of an expression whose references are bound to columns of the plan. */
sealed interface BoundElement {

  /** A word of PostgreSQL's. */
  record Word(Token token) implements BoundElement {}

  /** A column of the table. */
  record Column(String lead, ColumnId id) implements BoundElement {}

  /** A column that a group has: one of its keys. */
  record Key(String lead, int index) implements BoundElement {}

  /** A call of an aggregate over bound elements. */
  record Call(String lead, AggregateFunction function, Optional<List<BoundElement>> argument)
      implements BoundElement {}

  /** Whether both mean the same wherever they stand. */
  static boolean same(BoundElement left, BoundElement right) {
    return switch (left) {
      case Word word -> right instanceof Word other && word.token().same(other.token());
      case Column column -> right instanceof Column other && column.id().equals(other.id());
      case Key key -> right instanceof Key other && key.index() == other.index();
      case Call call -> right instanceof Call other && sameCall(call, other);
    };
  }

  private static boolean sameCall(Call left, Call right) {
    List<BoundElement> leftArgument = left.argument().orElse(List.of());
    List<BoundElement> rightArgument = right.argument().orElse(List.of());
    return left.function() == right.function() && sameAll(leftArgument, rightArgument);
  }

  static boolean sameAll(List<BoundElement> left, List<BoundElement> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int index = 0; index < left.size(); index++) {
      if (!same(left.get(index), right.get(index))) {
        return false;
      }
    }
    return true;
  }
}
