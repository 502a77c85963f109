package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.relations.Nullability;
import java.util.Set;
import java.util.stream.Collectors;

/** Property: the columns of an operator that can never be NULL. */
public final class NotNullColumns {

  public Set<ColumnId> of(Operator operator) {
    return operator.columns().stream()
        .filter(column -> column.nullability() == Nullability.NOT_NULL)
        .map(Column::id)
        .collect(Collectors.toSet());
  }
}
