package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.AggregateFunction;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import java.util.List;
import java.util.Optional;

/** A call of one of the aggregates whose state follows signed rows, without any clause. */
record PlainCall(AggregateFunction function, Optional<Scalar> argument) {

  /** Whether an aggregate's call is one. */
  sealed interface Outcome {
    record Fits(PlainCall call) implements Outcome {}

    record Misses(Obstacle obstacle) implements Outcome {}
  }

  static Outcome of(SetCall call) {
    if (call.duplicates() == Duplicates.REMOVED) {
      return misses("DISTINCT in an aggregate", Obstacle.IN_CONSUMER, "DISTINCT");
    }
    List<Scalar> operands = call.arguments().operands();
    boolean star = operands.isEmpty();
    boolean onlyOperand = operands.size() == 1 && call.arguments().pieces().size() == 1;
    boolean counts = call.function().equals("\"count\"");
    boolean sums = call.function().equals("\"sum\"");
    boolean averages = call.function().equals("\"avg\"");
    if (!(counts && (star || onlyOperand)) && !((sums || averages) && onlyOperand)) {
      String name = String.join("", call.function().split("\"", -1));
      return misses(
          "aggregate " + name,
          "use count(*), count(x), sum(x) or avg(x)",
          name.substring(name.lastIndexOf('.') + 1));
    }
    if (!call.order().isEmpty() || !call.group().isEmpty()) {
      return misses("ORDER BY in an aggregate", "leave it out", "ORDER");
    }
    Optional<Scalar> argument = operands.stream().findFirst();
    if (call.filter().isPresent()) {
      argument = Optional.of(where(call.filter().get(), argument));
    }
    AggregateFunction function =
        sums
            ? AggregateFunction.SUM
            : averages
                ? AggregateFunction.AVERAGE
                : argument.isEmpty()
                    ? AggregateFunction.COUNT_ROWS
                    : AggregateFunction.COUNT_VALUES;
    return new Outcome.Fits(new PlainCall(function, argument.map(FlatScalar::standingAlone)));
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
