package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
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
      Scalar key = identity ? reference : ImageText.of(reference, column.type());
      boolean present = keys.stream().anyMatch(known -> known.scalar().bare().equals(key));
      if (!present) {
        keys.add(new SortKey(key, ""));
      }
    }
    return List.copyOf(keys);
  }

  /** The order, then the images of expressions over these columns. */
  List<SortKey> byImage(List<SortKey> order, List<Scalar> scalars, List<Column> columns) {
    List<SortKey> keys = new ArrayList<>(order);
    scalars.forEach(scalar -> keys.add(new SortKey(ImageText.of(scalar, columns), "")));
    return List.copyOf(keys);
  }
}
