package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Keeps the rows for which a comparison with the clock is true: rows come and go with time alone.
 * The clock is one value for a whole refresh, stored with its frontier.
 *
 * @param predicate comparisons of which one side is the clock and the other side is not
 */
public record TemporalFilter(Operator input, Scalar predicate) implements Operator {

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
    return new TemporalFilter(inputs.getFirst(), predicate);
  }

  @Override
  public List<Scalar> scalars() {
    return List.of(predicate);
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new TemporalFilter(input, change.apply(predicate));
  }

  @Override
  public String title() {
    return "a comparison with the clock";
  }
}
