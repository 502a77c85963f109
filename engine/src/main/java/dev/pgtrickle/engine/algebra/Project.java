package dev.pgtrickle.engine.algebra;

import java.util.List;

/** Computes new columns from each row. A column that is passed through keeps its id. */
public record Project(Operator input, List<ComputedColumn> computed) implements Operator {

  /** A column and the expression over the input that gives it. */
  public record ComputedColumn(Column column, Scalar scalar) {}

  @Override
  public List<Column> columns() {
    return computed.stream().map(ComputedColumn::column).toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }
}
