package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Duplicates;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.GroupBy;
import dev.pgtrickle.engine.algebra.Project;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SetCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Aggregates as aggregates of aggregates: what the groups of one level put together of their rows
 * is put together once more by the groups over them.
 *
 * <pre>
 *   count(*)     of groups: n: count(*)                   of all: coalesce(sum(n), 0)::bigint
 *   sum(y)                  s: sum(y)                             sum(s)
 *   avg(y)                  s: sum(y), n: count(y)                sum(s) / sum(n)
 *   bool_and(y)             b: bool_and(y)                        bool_and(b)
 * </pre>
 */
final class PartialCalls {
  /** What puts parts together that are such aggregates themselves. */
  private static final Map<String, String> OF_PARTS =
      Map.of(
          "\"bool_and\"", "bool_and",
          "\"every\"", "bool_and",
          "\"bool_or\"", "bool_or",
          "\"bit_xor\"", "bit_xor");

  private static final Scalar ALL_ROWS = new Scalar(Form.OPAQUE, "", List.of(new Scalar.Text("*")));

  private final Calls calls;
  private final List<GroupBy.Call> inner = new ArrayList<>();
  private final List<GroupBy.Call> outer = new ArrayList<>();

  PartialCalls(Calls calls) {
    this.calls = calls;
  }

  /** Whether a call can be put together from parts. */
  static boolean haveParts(SetCall call) {
    int operands = call.arguments().operands().size();
    boolean plain =
        call.duplicates() == Duplicates.KEPT && call.order().isEmpty() && call.group().isEmpty();
    return plain
        && switch (call.function()) {
          case "\"count\"" -> operands <= 1;
          case "\"sum\"", "\"avg\"" -> operands == 1;
          default -> operands == 1 && OF_PARTS.containsKey(call.function());
        };
  }

  /** The calls of the groups below. */
  List<GroupBy.Call> inner() {
    return List.copyOf(inner);
  }

  /** The calls over those. */
  List<GroupBy.Call> outer() {
    return List.copyOf(outer);
  }

  /** A call over rows; gives what the column of the call is after both levels. */
  Project.ComputedColumn ofRows(GroupBy.Call call) {
    SetCall rows = call.call();
    return new Project.ComputedColumn(
        call.column(),
        switch (rows.function()) {
          case "\"count\"" -> Calls.text("COALESCE(", summed(below("count", rows)), ", 0)::bigint");
          case "\"sum\"" ->
              Calls.text("", summed(below("sum", rows)), "::" + call.column().type().text());
          case "\"avg\"" ->
              Scalar.infix(
                  Form.INFIX, summed(below("sum", rows)), "/", summed(below("count", rows)));
          default -> {
            String function = Objects.requireNonNull(OF_PARTS.get(rows.function()));
            yield over(function, below(function, rows));
          }
        });
  }

  /**
   * A call over the values of which each is there once. With a condition it sees those of which at
   * least one row meets it.
   */
  Column ofValue(GroupBy.Call call, Scalar value) {
    Optional<Scalar> condition =
        call.call()
            .filter()
            .map(filter -> {
              Column met = calls.column("met");
              inner.add(new GroupBy.Call(met, Calls.call("count", ALL_ROWS, Optional.of(filter))));
              return Scalar.infix(Form.INFIX, Scalar.of(met.id()), ">", Scalar.constant("0"));
            });
    outer.add(
        new GroupBy.Call(
            call.column(),
            new SetCall(
                call.call().function(),
                Duplicates.KEPT,
                Calls.arguments(value),
                List.of(),
                List.of(),
                condition)));
    return call.column();
  }

  private Column below(String function, SetCall rows) {
    Column part = calls.column(function);
    inner.add(new GroupBy.Call(part, Calls.call(function, rows.arguments(), rows.filter())));
    return part;
  }

  private Scalar summed(Column part) {
    return over("sum", part);
  }

  private Scalar over(String function, Column part) {
    Column whole = calls.column(function);
    outer.add(
        new GroupBy.Call(
            whole, Calls.call(function, Calls.arguments(Scalar.of(part.id())), Optional.empty())));
    return Scalar.of(whole.id());
  }
}
