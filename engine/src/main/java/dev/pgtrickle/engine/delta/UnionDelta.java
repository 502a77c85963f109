package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.SetOperation;
import dev.pgtrickle.engine.algebra.Unparser;
import dev.pgtrickle.engine.delta.DeltaNode.SignedRows;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
          Column output = operation.columns().get(index);
          items
              .append(", ")
              .append(value(rows.columns().get(index), output))
              .append(" AS ")
              .append(output.name().quoted());
        }
        selects.add("SELECT " + items + "\nFROM " + rows.table().quoted() + " AS input");
      }
    }
    Identifier table =
        context.define("union", "the changes of both sides", String.join("\nUNION ALL\n", selects));
    return new SignedRows(table, operation.columns());
  }

  /**
   * Where the other side has no changes nothing else brings the value to the common type, nor to
   * the common collation, by which operators above compare.
   */
  private static String value(Column input, Column output) {
    String value = Unparser.inputColumn(input.name());
    if (output.type().isUndetermined()) {
      return value;
    }
    String typed =
        input.type().oid() == output.type().oid()
            ? value
            : "CAST(" + value + " AS " + output.type().text() + ")";
    return output
        .type()
        .collation()
        .filter(wanted -> !input.type().collation().equals(Optional.of(wanted)))
        .map(wanted -> typed + " COLLATE " + wanted.name().quoted())
        .orElse(typed);
  }
}
