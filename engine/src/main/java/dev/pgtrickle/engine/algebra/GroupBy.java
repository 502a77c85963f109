package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Puts rows into groups and computes aggregates of each, of any kind. */
public record GroupBy(
    Operator input, GroupingClause grouping, List<Project.ComputedColumn> keys, List<Call> calls)
    implements Operator {

  /** An aggregate and the column that it gives. */
  public record Call(Column column, SetCall call) {}

  @Override
  public List<Column> columns() {
    return Stream.concat(
            keys.stream().map(Project.ComputedColumn::column), calls.stream().map(Call::column))
        .toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new GroupBy(inputs.getFirst(), grouping, keys, calls);
  }

  @Override
  public List<Scalar> scalars() {
    return Stream.concat(
            keys.stream().map(Project.ComputedColumn::scalar),
            calls.stream().flatMap(call -> call.call().scalars().stream()))
        .toList();
  }

  @Override
  public Operator withScalars(UnaryOperator<Scalar> change) {
    return new GroupBy(
        input,
        grouping,
        keys.stream().map(key -> key.with(change)).toList(),
        calls.stream().map(call -> new Call(call.column(), call.call().with(change))).toList());
  }

  @Override
  public String title() {
    return grouping.isPlain() ? "aggregate" : "GROUPING SETS";
  }
}
