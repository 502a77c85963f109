package dev.pgtrickle.engine.algebra;

import java.util.List;

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
}
