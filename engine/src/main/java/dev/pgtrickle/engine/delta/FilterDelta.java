package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Filter;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.List;

/**
 * A filter is linear: the delta of the filtered rows is the filtered delta.
 *
 * <pre>
 *   WHERE amount > 11
 *   before: __weight | id | amount      after: __weight | id | amount
 *                 -1 |  7 |     10                   +1 |  7 |     12
 *                 +1 |  7 |     12
 * </pre>
 *
 * <p>Where changes are staged before they are read, only those are staged that pass.
 */
public final class FilterDelta implements DeltaRule<Filter> {

  @Override
  public DeltaNode differentiate(Filter filter, List<DeltaNode> inputs, DeltaContext context) {
    SignedInput input = SignedInput.only(inputs);
    String condition = filter.predicate().render(input.naming());
    if (context.narrow(input.name(), condition) == ChangeReader.Narrowing.DONE) {
      return new DeltaNode.SignedRows(input.name(), filter.columns());
    }
    Identifier table =
        context.define(
            "filter",
            "those that pass the WHERE clause",
            "SELECT "
                + SignedInput.passed(filter.columns())
                + input.from()
                + "\nWHERE "
                + condition);
    return new DeltaNode.SignedRows(table, filter.columns());
  }
}
