package dev.pgtrickle.engine.algebra;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;
import java.util.Map;

/**
 * Writes any operator as a query that people can read: operators share a SELECT block as far as SQL
 * allows, and nothing is computed twice that was computed once.
 */
public final class QueryUnparser {
  private final Map<CommonTableId, NamedRows> around;

  public QueryUnparser() {
    this(Map.of());
  }

  /**
   * For operators that read common tables of the statement around them.
   *
   * @param around under which names those are read
   */
  public QueryUnparser(Map<CommonTableId, NamedRows> around) {
    this.around = Map.copyOf(around);
  }

  /** A query whose columns are those of the operator, in order and under their names. */
  public String query(Operator operator) {
    return new BlockWriter(new NameAllocator(), around)
        .print(operator, VisibleColumns.none(), OutputNames.of(operator.columns()));
  }

  /** The same under other names. */
  public String query(Operator operator, List<Identifier> names) {
    return new BlockWriter(new NameAllocator(), around)
        .print(operator, VisibleColumns.none(), names);
  }
}
