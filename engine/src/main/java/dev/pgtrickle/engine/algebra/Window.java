package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Adds columns that are computed from the rows around each row. */
public record Window(Operator input, List<Call> calls) implements Operator {

  /**
   * A window function and the column that it gives.
   *
   * @param frame from ROWS, RANGE or GROUPS on
   */
  public record Call(
      Column column,
      SetCall call,
      List<Scalar> partition,
      List<SortKey> order,
      Optional<Scalar> frame) {

    private Call with(UnaryOperator<Scalar> change) {
      return new Call(
          column,
          call.with(change),
          partition.stream().map(change).toList(),
          SortKey.change(order, change),
          frame.map(change));
    }

    private Stream<Scalar> scalars() {
      return Stream.of(
              call.scalars().stream(),
              partition.stream(),
              order.stream().map(SortKey::scalar),
              frame.stream())
          .flatMap(stream -> stream);
    }
  }

  @Override
  public List<Column> columns() {
    return Stream.concat(input.columns().stream(), calls.stream().map(Call::column)).toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new Window(inputs.getFirst(), calls);
  }

  @Override
  public List<Scalar> scalars() {
    return calls.stream().flatMap(Call::scalars).toList();
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new Window(input, calls.stream().map(call -> call.with(change)).toList());
  }

  @Override
  public String title() {
    return "a window function";
  }
}
