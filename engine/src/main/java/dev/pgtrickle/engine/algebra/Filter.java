package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/** Keeps the rows for which the predicate is true. */
public record Filter(Operator input, Scalar predicate) implements Operator {

  @Override
  public List<Column> columns() {
    return input.columns();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new Filter(inputs.getFirst(), predicate);
  }

  @Override
  public List<Scalar> scalars() {
    return List.of(predicate);
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new Filter(input, change.apply(predicate));
  }

  @Override
  public String title() {
    return "filter";
  }
}
