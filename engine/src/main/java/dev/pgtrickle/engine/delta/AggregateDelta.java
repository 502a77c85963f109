package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Grouping;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts and sums are linear in the signed rows: what is added to the state of a group is the same
 * aggregate over the delta, weighted. The input need not be netted, but for least and greatest
 * values; groups in which everything cancels vanish.
 *
 * <pre>
 *   SELECT customer, sum(amount) GROUP BY customer
 *   before: __weight | customer | amount     after: customer | __count | __values_1 | __sum_1
 *                 -1 |        3 |     10                   3 |       0 |          0 |       2
 *                 +1 |        3 |     12
 * </pre>
 */
public final class AggregateDelta implements DeltaRule<Aggregate> {
  private final GroupStates states;

  public AggregateDelta(GroupStates states) {
    this.states = states;
  }

  @Override
  public DeltaNode differentiate(
      Aggregate aggregate, List<DeltaNode> inputs, DeltaContext context) {
    SignedInput input = SignedInput.only(inputs);
    List<String> items = new ArrayList<>();
    List<String> keys =
        aggregate.keys().stream().map(key -> input.naming().apply(key.id())).toList();
    for (int index = 0; index < keys.size(); index++) {
      items.add(keys.get(index) + " AS " + aggregate.keys().get(index).name().quoted());
    }
    List<StateColumn> state = states.of(aggregate).columns();
    List<String> changed = new ArrayList<>();
    for (StateColumn column : state) {
      switch (column) {
        case StateColumn.Sum sum -> {
          items.add(sum.fromChanges() + " AS " + sum.name().quoted());
          changed.add(sum.fromChanges() + " <> 0");
        }
        case StateColumn.Bits bits -> {
          items.add(bits.fromChanges() + " AS " + bits.name().quoted());
          changed.add(bits.fromChanges() + " <> 0");
        }
        case StateColumn.Extremum extremum -> {
          String arrived = best(extremum, "> 0");
          String gone = best(extremum, "< 0");
          items.add(arrived + " AS " + extremum.arrived().quoted());
          items.add(gone + " AS " + extremum.gone().quoted());
          changed.add(arrived + " IS DISTINCT FROM " + gone);
        }
      }
    }
    String groups =
        aggregate.grouping() == Grouping.BY_KEYS ? "\nGROUP BY " + String.join(", ", keys) : "";
    Identifier table =
        context.define(
            "aggregate",
            "what is added to the state of each group",
            "SELECT "
                + String.join(",\n  ", items)
                + from(aggregate, state, input, context)
                + groups
                + "\nHAVING "
                + String.join("\n  OR ", changed));
    return new DeltaNode.GroupChanges(table, aggregate);
  }

  /**
   * A row that came and went between two refreshes says nothing about what is there: where the best
   * value is kept, only what is left of the changes counts.
   */
  private static String from(
      Aggregate aggregate, List<StateColumn> state, SignedInput input, DeltaContext context) {
    boolean netted = state.stream().anyMatch(StateColumn.Extremum.class::isInstance);
    return netted
        ? "\nFROM (\n"
            + Indentation.indent(context.netting().net(input.table(), aggregate.input().columns()))
            + "\n) AS input"
        : input.from();
  }

  private static String best(StateColumn.Extremum extremum, String sign) {
    return extremum.fromRows() + " FILTER (WHERE " + SignedInput.weight() + " " + sign + ")";
  }
}
