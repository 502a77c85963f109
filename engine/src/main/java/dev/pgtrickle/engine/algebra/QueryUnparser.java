package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * Writes any operator as a query that people can read: operators share a SELECT block as far as SQL
 * allows, and nothing is computed twice that was computed once.
 */
public final class QueryUnparser {

  /** A query whose columns are those of the operator, in order and under their names. */
  public String query(Operator operator) {
    return new BlockWriter(new NameAllocator())
        .print(operator, VisibleColumns.none(), OutputNames.of(operator.columns()));
  }

  /** The same under other names. */
  public String query(Operator operator, List<Identifier> names) {
    return new BlockWriter(new NameAllocator()).print(operator, VisibleColumns.none(), names);
  }
}
