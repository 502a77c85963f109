package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Aggregate;
import dev.pgtrickle.engine.algebra.Grouping;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Counts and sums are linear in the signed rows: what is added to the state of a group is the same
 * aggregate over the delta, weighted. The input need not be netted; groups in which everything
 * cancels vanish.
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
    state.forEach(column -> items.add(column.fromChanges() + " AS " + column.name().quoted()));
    String changed =
        state.stream()
            .map(column -> column.fromChanges() + " <> 0")
            .collect(Collectors.joining("\n  OR "));
    String groups =
        aggregate.grouping() == Grouping.BY_KEYS ? "\nGROUP BY " + String.join(", ", keys) : "";
    Identifier table =
        context.define(
            "aggregate",
            "what is added to the state of each group",
            "SELECT "
                + String.join(",\n  ", items)
                + input.from()
                + groups
                + "\nHAVING "
                + changed);
    return new DeltaNode.GroupChanges(table, aggregate);
  }
}
