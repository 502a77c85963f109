package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.Nullability;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of an operator that belong to groups whose keys stand in a common table. Groups without
 * NULL in their key are found by plain {@code =}; for the others, of which there are few, NULL is
 * looked for beside it.
 */
final class RestrictedRows {
  private static final Identifier INPUT = Identifier.of("input");

  private final Identifier touched;
  private final List<GroupKey> keys;

  RestrictedRows(Identifier touched, List<GroupKey> keys) {
    this.touched = touched;
    this.keys = keys;
  }

  /** The name of a key in the common table. */
  static String key(int index) {
    return Identifier.of("__key_" + (index + 1)).quoted();
  }

  /** A SELECT of the operator's columns. */
  String of(Operator operator) {
    Naming naming = Naming.of(INPUT, operator.columns());
    String columns = naming.list(operator.columns());
    String select =
        "SELECT "
            + (columns.isEmpty() ? "" : columns.substring(2))
            + "\nFROM "
            + touched.quoted()
            + " AS touched";
    List<String> equal = new ArrayList<>();
    List<String> alike = new ArrayList<>();
    List<String> isNull = new ArrayList<>();
    for (int index = 0; index < keys.size(); index++) {
      String own = "(" + naming.text(keys.get(index).scalar()) + ")";
      String wanted = "touched." + key(index);
      equal.add(own + " = " + wanted);
      if (keys.get(index).nullability() == Nullability.NOT_NULL) {
        alike.add(own + " = " + wanted);
      } else {
        String none = " IS NOT DISTINCT FROM NULL";
        isNull.add(wanted + none);
        alike.add(
            "(" + own + " = " + wanted + " OR (" + own + none + " AND " + wanted + none + "))");
      }
    }
    String withoutNull = select + PresentRows.joined(operator, INPUT, String.join(" AND ", equal));
    return isNull.isEmpty()
        ? withoutNull
        : withoutNull
            + "\nUNION ALL\n"
            + select
            + PresentRows.lateral(operator, INPUT, String.join(" AND ", alike))
            + "\nWHERE "
            + String.join(" OR ", isNull);
  }
}
