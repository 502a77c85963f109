package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * NOT IN: keeps a row of the left input when the right one is empty, or when no comparison with it
 * is true or unknown.
 *
 * @param probe what is compared: an expression, or a row of as many as the right input has columns
 */
public record NullAwareAntiJoin(Operator left, Operator right, Scalar probe) implements Operator {

  @Override
  public List<Column> columns() {
    return left.columns();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(left, right);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new NullAwareAntiJoin(inputs.getFirst(), inputs.getLast(), probe);
  }

  @Override
  public List<Scalar> scalars() {
    return List.of(probe);
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new NullAwareAntiJoin(left, right, change.apply(probe));
  }

  @Override
  public String title() {
    return "NOT IN";
  }
}
