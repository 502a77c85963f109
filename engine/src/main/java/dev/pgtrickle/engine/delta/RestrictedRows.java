package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.property.IndexReach;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.relations.Hashing;
import dev.pgtrickle.engine.relations.Nullability;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of an operator that belong to groups whose keys stand in a common table. Groups without
 * NULL in their key are found by plain {@code =}; for the others NULL is looked for beside it.
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
    return of(operator, List.of());
  }

  /**
   * The same behind columns of the common table.
   *
   * @param passed as {@code touched."name"}
   */
  String of(Operator operator, List<String> passed) {
    Naming naming = Naming.of(INPUT, operator.columns());
    List<String> items = new ArrayList<>(passed);
    operator.columns().forEach(column -> items.add(naming.column(column)));
    String select =
        "SELECT " + String.join(", ", items) + "\nFROM " + touched.quoted() + " AS touched";
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
    List<Scalar> scalars = keys.stream().map(GroupKey::scalar).toList();
    String withoutNull =
        select + PresentRows.joined(operator, INPUT, String.join(" AND ", equal), scalars);
    return isNull.isEmpty()
        ? withoutNull
        : withoutNull
            + "\nUNION ALL\n"
            + select
            + withNull(operator, scalars, naming, String.join(" AND ", alike))
            + "\nWHERE "
            + String.join(" OR ", isNull);
  }

  /** PostgreSQL can join by a hash, but not by what is alike or NULL on both sides. */
  private String withNull(Operator operator, List<Scalar> scalars, Naming naming, String alike) {
    if (IndexReach.leads(operator, scalars)
        || !scalars.stream().allMatch(key -> isHashable(operator, key))) {
      return PresentRows.lateral(operator, INPUT, alike);
    }
    List<String> own = scalars.stream().map(naming::text).toList();
    List<String> wanted =
        IntStream.range(0, keys.size()).mapToObj(index -> "touched." + key(index)).toList();
    return "\nJOIN "
        + PresentRows.all(operator, INPUT)
        + "\n  ON "
        + hash(own)
        + " = "
        + hash(wanted)
        + "\n  AND "
        + alike;
  }

  private static boolean isHashable(Operator operator, Scalar key) {
    return key.bare()
        .asColumn()
        .flatMap(
            id -> operator.columns().stream().filter(column -> column.id().equals(id)).findFirst())
        .filter(column -> column.type().facts().hashing() == Hashing.DIRECT)
        .isPresent();
  }

  private static String hash(List<String> values) {
    return "hash_record_extended(ROW(" + String.join(", ", values) + "), 0)";
  }
}
