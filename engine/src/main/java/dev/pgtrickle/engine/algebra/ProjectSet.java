package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Computes columns of which some are functions that return sets: a row gives as many rows as the
 * longest of them, the others padded with NULL.
 */
public record ProjectSet(Operator input, List<Project.ComputedColumn> computed)
    implements Operator {

  @Override
  public List<Column> columns() {
    return computed.stream().map(Project.ComputedColumn::column).toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new ProjectSet(inputs.getFirst(), computed);
  }

  @Override
  public List<Scalar> scalars() {
    return computed.stream().map(Project.ComputedColumn::scalar).toList();
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new ProjectSet(input, computed.stream().map(column -> column.with(change)).toList());
  }

  @Override
  public String title() {
    return "a function that returns a set, in the SELECT list";
  }
}
