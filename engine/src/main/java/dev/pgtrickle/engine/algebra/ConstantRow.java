package dev.pgtrickle.engine.algebra;

import java.util.List;

/** One row without columns: what a SELECT without FROM reads. */
public record ConstantRow() implements Operator {

  @Override
  public List<Column> columns() {
    return List.of();
  }

  @Override
  public List<Operator> inputs() {
    return List.of();
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return this;
  }

  @Override
  public String title() {
    return "one row";
  }
}
