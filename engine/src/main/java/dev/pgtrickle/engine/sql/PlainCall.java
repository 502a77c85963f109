package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.AggregateFunction;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A call of one of the aggregates whose state follows signed rows, without any clause. */
record PlainCall(AggregateFunction function, Optional<Scalar> argument) {
  private static final Map<String, AggregateFunction> OF_ONE_VALUE =
      Map.of(
          "\"count\"", AggregateFunction.COUNT_VALUES,
          "\"sum\"", AggregateFunction.SUM,
          "\"avg\"", AggregateFunction.AVERAGE,
          "\"min\"", AggregateFunction.LEAST,
          "\"max\"", AggregateFunction.GREATEST,
          "\"bool_and\"", AggregateFunction.ALL_TRUE,
          "\"every\"", AggregateFunction.ALL_TRUE,
          "\"bool_or\"", AggregateFunction.ANY_TRUE,
          "\"bit_xor\"", AggregateFunction.BITS);

  /** To these it is all the same whether a value comes once or twice. */
  private static final Set<AggregateFunction> INDIFFERENT =
      Set.of(
          AggregateFunction.LEAST,
          AggregateFunction.GREATEST,
          AggregateFunction.ALL_TRUE,
          AggregateFunction.ANY_TRUE);

  /** Whether an aggregate's call is one. */
  sealed interface Outcome {
    record Fits(PlainCall call) implements Outcome {}

    record Misses(Obstacle obstacle) implements Outcome {}
  }

  static Outcome of(SetCall call) {
    List<Scalar> operands = call.arguments().operands();
    Optional<AggregateFunction> function = function(call);
    if (function.isEmpty()) {
      String name = String.join("", call.function().split("\"", -1));
      return misses(
          "aggregate " + name,
          "use count, sum, avg, min, max, bool_and, bool_or or bit_xor",
          name.substring(name.lastIndexOf('.') + 1));
    }
    if (call.duplicates() == Duplicates.REMOVED && !INDIFFERENT.contains(function.get())) {
      return misses("DISTINCT in an aggregate", Obstacle.IN_CONSUMER, "DISTINCT");
    }
    if (!call.order().isEmpty() || !call.group().isEmpty()) {
      return misses("ORDER BY in an aggregate", "leave it out", "ORDER");
    }
    Optional<Scalar> argument = operands.stream().findFirst();
    if (call.filter().isPresent()) {
      argument = Optional.of(where(call.filter().get(), argument));
    }
    boolean filtered = function.get() == AggregateFunction.COUNT_ROWS && argument.isPresent();
    return new Outcome.Fits(
        new PlainCall(
            filtered ? AggregateFunction.COUNT_VALUES : function.get(),
            argument.map(FlatScalar::standingAlone)));
  }

  /** Names without a schema are PostgreSQL's own. */
  private static Optional<AggregateFunction> function(SetCall call) {
    int operands = call.arguments().operands().size();
    if (operands == 0) {
      return call.function().equals("\"count\"")
          ? Optional.of(AggregateFunction.COUNT_ROWS)
          : Optional.empty();
    }
    return operands == 1 && call.arguments().pieces().size() == 1
        ? Optional.ofNullable(OF_ONE_VALUE.get(call.function()))
        : Optional.empty();
  }

  /** What FILTER leaves out is NULL to an aggregate that takes no notice of NULL. */
  private static Scalar where(Scalar filter, Optional<Scalar> argument) {
    return new Scalar(
        Form.OPAQUE,
        "",
        List.of(
            new Scalar.Text("CASE WHEN "),
            new Scalar.Operand(filter),
            new Scalar.Text(" THEN "),
            new Scalar.Operand(argument.orElseGet(() -> Scalar.constant("1"))),
            new Scalar.Text(" END")));
  }

  private static Outcome misses(String what, String remedy, String... words) {
    return new Outcome.Misses(Obstacle.of(what, remedy, words));
  }
}
