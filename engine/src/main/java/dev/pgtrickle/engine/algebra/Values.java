package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/** Rows that are written down in the query. */
public record Values(List<Column> columns, List<List<Scalar>> rows) implements Operator {

  @Override
  public List<Operator> inputs() {
    return List.of();
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return this;
  }

  @Override
  public List<Scalar> scalars() {
    return rows.stream().flatMap(List::stream).toList();
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new Values(
        columns, rows.stream().map(row -> row.stream().map(change).toList()).toList());
  }

  @Override
  public String title() {
    return "VALUES";
  }
}
