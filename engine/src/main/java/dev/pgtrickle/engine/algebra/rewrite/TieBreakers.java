package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.algebra.SortKey;
import dev.pgtrickle.engine.relations.Equality;
import java.util.ArrayList;
import java.util.List;

/** Sort keys after which no two rows tie but those that are the same image. */
final class TieBreakers {

  /** The order, then all columns. */
  List<SortKey> complete(List<SortKey> order, List<Column> columns) {
    List<SortKey> keys = new ArrayList<>(order);
    for (Column column : columns) {
      Scalar reference = Scalar.of(column.id());
      boolean identity = column.type().equality() == Equality.IDENTITY;
      Scalar key = identity ? reference : text(reference);
      boolean present = keys.stream().anyMatch(known -> known.scalar().bare().equals(key));
      if (!present) {
        keys.add(new SortKey(key, ""));
      }
    }
    return List.copyOf(keys);
  }

  /** The order, then the texts of expressions. */
  List<SortKey> byText(List<SortKey> order, List<Scalar> scalars) {
    List<SortKey> keys = new ArrayList<>(order);
    scalars.forEach(scalar -> keys.add(new SortKey(text(scalar), "")));
    return List.copyOf(keys);
  }

  /** Text tells images apart where equality does not, and byte order has no locale. */
  private static Scalar text(Scalar scalar) {
    return new Scalar(
        Form.COLLATE,
        "\"C\"",
        List.of(
            new Scalar.Text("("),
            new Scalar.Operand(scalar),
            new Scalar.Text(")::text COLLATE \"C\"")));
  }
}
