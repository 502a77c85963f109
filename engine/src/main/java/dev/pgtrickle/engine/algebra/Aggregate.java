package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.stream.Stream;

/**
 * Groups the input by key columns that it has as they are, and aggregates columns that it has as
 * they are; what must be computed for that stands in a Project below.
 */
public record Aggregate(
    Operator input, Grouping grouping, List<Column> keys, List<AggregateCall> calls)
    implements Operator {

  @Override
  public List<Column> columns() {
    return Stream.concat(keys.stream(), calls.stream().map(AggregateCall::column)).toList();
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public Operator withInputs(List<Operator> inputs) {
    return new Aggregate(inputs.getFirst(), grouping, keys, calls);
  }

  /** Whether a value is kept that only its group can replace when it leaves. */
  public boolean keepsExtremes() {
    return calls.stream()
        .anyMatch(call ->
            call.function() == AggregateFunction.LEAST
                || call.function() == AggregateFunction.GREATEST);
  }

  @Override
  public String title() {
    return "aggregate";
  }
}
