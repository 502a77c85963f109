package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.CommonTableId;
import dev.pgtrickle.engine.algebra.CommonTableScan;
import dev.pgtrickle.engine.algebra.Indentation;
import dev.pgtrickle.engine.algebra.NamedRows;
import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.delta.DeltaNode.SignedRows;
import dev.pgtrickle.engine.postgres.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The delta of an operator whose answer for a group depends on the rows of that group only: the
 * groups with changes are computed as they are and as they were.
 *
 * <pre>
 *   d(Q(R))  =  Q(R' | K)  -  Q((R' - dR) | K)        K: the keys of dR
 * </pre>
 *
 * <p>The rows of a group as they were are the signed sum of those that are there and of the changes
 * taken back, added up by image (P9). That the answer is a function of the bag of images is what
 * the refinement of the plan is for (P10).
 */
public class Recomputation {
  private static final String WEIGHT = HiddenColumns.WEIGHT.quoted();

  /**
   * Defines the delta.
   *
   * @param name of the operator, for the names of common tables
   * @param keys of each input, as many of each, compared in order
   */
  SignedRows differentiate(
      String name,
      Operator operator,
      List<DeltaNode> inputs,
      List<List<GroupKey>> keys,
      DeltaContext context) {
    Identifier touched =
        context.defineOnce(name, "touched", "groups with changes", touched(inputs, keys));
    Map<CommonTableId, NamedRows> now = new HashMap<>();
    Map<CommonTableId, NamedRows> before = new HashMap<>();
    List<Operator> read = new ArrayList<>();
    for (int index = 0; index < inputs.size(); index++) {
      Operator input = operator.inputs().get(index);
      Identifier present =
          context.defineOnce(
              name,
              "present",
              "the rows of those groups",
              present(new RestrictedRows(touched, keys.get(index)).of(input)));
      Identifier previous = present;
      if (inputs.get(index) instanceof SignedRows changed) {
        previous =
            context.defineOnce(
                name,
                "previous",
                "the same with the changes taken back",
                previous(present, changed, context.netting()));
      }
      CommonTableId id = new CommonTableId(index);
      now.put(id, named(present, input));
      before.put(id, named(previous, input));
      read.add(new CommonTableScan(id, input.columns()));
    }
    Operator over = operator.withInputs(read);
    Identifier table =
        context.define(
            name,
            "what those groups put out now, and what they did",
            signed("1", over, now) + "\nUNION ALL\n" + signed("-1", over, before));
    return new SignedRows(table, operator.columns());
  }

  private static NamedRows named(Identifier table, Operator input) {
    return new NamedRows(table, input.columns().stream().map(Column::name).toList());
  }

  private static String signed(
      String weight, Operator operator, Map<CommonTableId, NamedRows> around) {
    return "SELECT "
        + weight
        + " AS "
        + WEIGHT
        + ", result.*\nFROM (\n"
        + Indentation.indent(new QueryUnparser(around).query(operator))
        + "\n) AS result";
  }

  /** Keys are compared as the operator does: equal ones are one group, also those that are NULL. */
  private static String touched(List<DeltaNode> inputs, List<List<GroupKey>> keys) {
    List<String> selects = new ArrayList<>();
    for (int index = 0; index < inputs.size(); index++) {
      if (inputs.get(index) instanceof SignedRows changed) {
        Naming naming = Naming.of(Identifier.of("input"), changed.columns());
        List<String> items = new ArrayList<>();
        for (GroupKey key : keys.get(index)) {
          items.add(naming.text(key.scalar()) + " AS " + RestrictedRows.key(items.size()));
        }
        selects.add(
            "SELECT "
                + String.join(", ", items)
                + "\nFROM "
                + changed.table().quoted()
                + " AS input");
      }
    }
    return "SELECT DISTINCT *\nFROM (\n"
        + Indentation.indent(String.join("\nUNION ALL\n", selects))
        + "\n) AS keys";
  }

  /** The rows of the groups as they are. */
  protected String present(String restricted) {
    return restricted;
  }

  /** The rows of the groups as they were. Fewer than none is a defect of ours. */
  protected String previous(Identifier present, SignedRows changed, Netting netting) {
    Naming naming = Naming.of(Identifier.of("input"), changed.columns());
    String columns = naming.list(changed.columns());
    String both =
        """
        SELECT 1 AS %1$s%2$s
        FROM %3$s AS input
        UNION ALL
        SELECT -input.%1$s%2$s
        FROM %4$s AS input\
        """
            .formatted(WEIGHT, columns, present.quoted(), changed.table().quoted());
    return """
    SELECT %1$s
    FROM (
    %2$s
    ) AS input
    CROSS JOIN LATERAL generate_series(1,
      CASE WHEN input.%3$s > 0 THEN input.%3$s::bigint ELSE %4$s END) AS copy\
    """
        .formatted(
            columns.isEmpty() ? "" : columns.substring(2),
            Indentation.indent(
                netting.net("(\n" + Indentation.indent(both) + "\n)", changed.columns())),
            WEIGHT,
            refusal(columns));
  }

  private static String refusal(String columns) {
    return columns.isEmpty()
        ? "pgtrickle.refuse_multiplicity('a row')"
        : "pgtrickle.refuse_multiplicity(ROW(" + columns.substring(2) + ")::text)";
  }
}
