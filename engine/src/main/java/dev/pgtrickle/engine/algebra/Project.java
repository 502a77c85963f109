package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/** Computes new columns from each row. A column that is passed through keeps its id. */
public record Project(Operator input, List<ComputedColumn> computed) implements Operator {

  /** A column and the expression over the input that gives it. */
  public record ComputedColumn(Column column, Scalar scalar) {

    /** The same column from another expression. */
    ComputedColumn with(UnaryOperator<Scalar> change) {
      return new ComputedColumn(column, change.apply(scalar));
    }
  }

  @Override
  public List<Column> columns() {
    return computed.stream().map(ComputedColumn::column).toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new Project(inputs.getFirst(), computed);
  }

  @Override
  public List<Scalar> scalars() {
    return computed.stream().map(ComputedColumn::scalar).toList();
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new Project(input, computed.stream().map(column -> column.with(change)).toList());
  }

  @Override
  public String title() {
    return "project";
  }
}
