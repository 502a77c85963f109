package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An expression as text with references, without its structure: a plan that is kept and compared
 * needs no deep stack.
 */
final class FlatScalar {
  private static final String BORDER = "\0";

  private FlatScalar() {}

  static Scalar of(Scalar scalar) {
    if (scalar.asColumn().isPresent()) {
      return Scalar.of(scalar.asColumn().get());
    }
    Map<String, ColumnId> references = new HashMap<>();
    String text =
        scalar.render(id -> {
          references.put(Integer.toString(id.number()), id);
          return BORDER + id.number() + BORDER;
        });
    List<Scalar.Piece> pieces = new ArrayList<>();
    String[] parts = text.split(BORDER, -1);
    for (int index = 0; index < parts.length; index++) {
      ColumnId reference = index % 2 == 0 ? null : references.get(parts[index]);
      if (reference != null) {
        pieces.add(new Scalar.Reference(reference));
      } else if (!parts[index].isEmpty()) {
        pieces.add(new Scalar.Text(parts[index]));
      }
    }
    return new Scalar(List.copyOf(pieces));
  }

  /** The same for an expression that lost its parentheses where it stood before. */
  static Scalar standingAlone(Scalar scalar) {
    return of(scalar.bare().form() == Form.INFIX ? scalar.bare().parenthesised() : scalar);
  }
}
