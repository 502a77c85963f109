package dev.pgtrickle.engine.algebra;

import java.util.List;

/** Puts out one of those rows that are equal. */
public record Distinct(Operator input) implements Operator {

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
    return new Distinct(inputs.getFirst());
  }

  @Override
  public String title() {
    return "DISTINCT";
  }
}
