package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.delta.DeltaNode.SignedRows;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;

/**
 * UNION ALL is linear: the changes of both sides, one after the other.
 *
 * <pre>
 *   a UNION ALL b
 *   before: a: +1 (7)    b: -1 (7)       after: __weight | x
 *                                                     +1 | 7
 *                                                     -1 | 7
 * </pre>
 */
public final class UnionDelta implements DeltaRule<SetOperation> {

  @Override
  public DeltaNode differentiate(
      SetOperation operation, List<DeltaNode> inputs, DeltaContext context) {
    List<String> selects = new ArrayList<>();
    for (DeltaNode input : inputs) {
      if (input instanceof SignedRows rows) {
        StringBuilder items = new StringBuilder(SignedInput.weight());
        for (int index = 0; index < rows.columns().size(); index++) {
          items
              .append(", input.")
              .append(rows.columns().get(index).name().quoted())
              .append(" AS ")
              .append(operation.columns().get(index).name().quoted());
        }
        selects.add("SELECT " + items + "\nFROM " + rows.table().quoted() + " AS input");
      }
    }
    Identifier table =
        context.define("union", "the changes of both sides", String.join("\nUNION ALL\n", selects));
    return new SignedRows(table, operation.columns());
  }
}
