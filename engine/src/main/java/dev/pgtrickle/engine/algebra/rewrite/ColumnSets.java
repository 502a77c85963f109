package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Operator;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns of operators, as sets of ids. */
final class ColumnSets {

  private ColumnSets() {}

  static Set<ColumnId> of(Operator operator) {
    return operator.columns().stream().map(Column::id).collect(Collectors.toSet());
  }

  static boolean disjoint(Set<ColumnId> one, Set<ColumnId> other) {
    return one.stream().noneMatch(other::contains);
  }
}
