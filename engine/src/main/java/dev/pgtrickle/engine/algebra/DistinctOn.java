package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Puts out the first row, by the order, of those with equal keys. */
public record DistinctOn(Operator input, List<Scalar> keys, List<SortKey> order)
    implements Operator {

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
    return new DistinctOn(inputs.getFirst(), keys, order);
  }

  @Override
  public List<Scalar> scalars() {
    return Stream.concat(keys.stream(), order.stream().map(SortKey::scalar)).toList();
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new DistinctOn(input, keys.stream().map(change).toList(), SortKey.change(order, change));
  }

  @Override
  public String title() {
    return "DISTINCT ON";
  }
}
