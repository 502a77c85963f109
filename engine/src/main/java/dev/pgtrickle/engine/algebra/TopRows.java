package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Sorts rows and puts out some of the first ones.
 *
 * @param lock the words of FOR UPDATE, with the blank before them; may be empty
 */
public record TopRows(
    Operator input,
    List<SortKey> order,
    Optional<Scalar> offset,
    Optional<Scalar> count,
    Ties ties,
    String lock)
    implements Operator {

  /** What happens to the rows that sort like the last one. */
  public enum Ties {
    CUT,
    KEPT
  }

  /** Whether rows can be left out at all. */
  public boolean limits() {
    return offset.isPresent() || count.isPresent();
  }

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
    return new TopRows(inputs.getFirst(), order, offset, count, ties, lock);
  }

  @Override
  public List<Scalar> scalars() {
    return Stream.of(order.stream().map(SortKey::scalar), offset.stream(), count.stream())
        .flatMap(stream -> stream)
        .toList();
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new TopRows(
        input, SortKey.change(order, change), offset.map(change), count.map(change), ties, lock);
  }

  @Override
  public String title() {
    return limits() ? "LIMIT or OFFSET" : "ORDER BY";
  }
}
