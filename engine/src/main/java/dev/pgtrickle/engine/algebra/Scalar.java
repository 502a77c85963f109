package dev.pgtrickle.engine.algebra;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An expression as PostgreSQL printed it, in which only the column references are known. Its text
 * is never re-typed, re-cast or re-ordered. A reference is always replaced by another column
 * reference, so that precedence cannot change.
 */
public record Scalar(List<Piece> pieces) {

  /** A stretch of PostgreSQL's text, or a reference. */
  public sealed interface Piece permits Text, Reference {}

  public record Text(String sql) implements Piece {}

  public record Reference(ColumnId column) implements Piece {}

  public static Scalar of(ColumnId column) {
    return new Scalar(List.of(new Reference(column)));
  }

  /** The column, when the expression is nothing else. */
  public Optional<ColumnId> asColumn() {
    return pieces.size() == 1 && pieces.getFirst() instanceof Reference reference
        ? Optional.of(reference.column())
        : Optional.empty();
  }

  public Set<ColumnId> references() {
    return pieces.stream()
        .filter(Reference.class::isInstance)
        .map(piece -> ((Reference) piece).column())
        .collect(Collectors.toSet());
  }

  /** The text, with every reference as {@code naming} writes it. */
  public String render(Function<ColumnId, String> naming) {
    StringBuilder sql = new StringBuilder();
    for (Piece piece : pieces) {
      sql.append(
          switch (piece) {
            case Text text -> text.sql();
            case Reference reference -> naming.apply(reference.column());
          });
    }
    return sql.toString();
  }
}
