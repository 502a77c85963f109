package dev.pgtrickle.engine.algebra.rewrite;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import dev.pgtrickle.engine.relations.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * The text of a value, which tells images apart where equality does not. Byte order has no locale,
 * so it means the same on every server.
 */
final class ImageText {
  private static final long BLANK_PADDED = 1042;

  private ImageText() {}

  /** The text of a column's value; the cast of bpchar would drop the blanks that are its image. */
  static Scalar of(Scalar scalar, ColumnType type) {
    return type.facts().baseOid() == BLANK_PADDED
        ? wrapped("\"textin\"(\"bpcharout\"(", scalar, ")) COLLATE \"C\"")
        : wrapped("(", scalar, ")::text COLLATE \"C\"");
  }

  /** The text of an expression, whose type is known if it is one of these columns. */
  static Scalar of(Scalar scalar, List<Column> columns) {
    return typeOf(scalar, columns)
        .map(type -> of(scalar, type))
        .orElseGet(() -> wrapped("(", scalar, ")::text COLLATE \"C\""));
  }

  /** The value that an image shows, in the type and collation that it had. */
  static Scalar value(Scalar image, ColumnType type) {
    String collation =
        type.collation().map(facts -> " COLLATE " + facts.name().quoted()).orElse("");
    return new Scalar(
            Form.OPAQUE,
            "",
            List.of(
                new Scalar.Text("("),
                new Scalar.Operand(image),
                new Scalar.Text(")::" + type.text() + collation)))
        .parenthesised();
  }

  static Optional<ColumnType> typeOf(Scalar scalar, List<Column> columns) {
    Optional<ColumnId> column = scalar.asColumn();
    return columns.stream()
        .filter(candidate -> column.filter(candidate.id()::equals).isPresent())
        .map(Column::type)
        .filter(type -> !type.isUndetermined())
        .findFirst();
  }

  private static Scalar wrapped(String before, Scalar scalar, String after) {
    return new Scalar(
        Form.COLLATE,
        "\"C\"",
        List.of(new Scalar.Text(before), new Scalar.Operand(scalar), new Scalar.Text(after)));
  }
}
