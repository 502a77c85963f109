package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.algebra.Scalar;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds columns that cannot be NULL where a condition is true. It knows PostgreSQL's own
 * comparisons only, which are all strict; a bare operator of canonical text is one of pg_catalog.
 */
public final class NullRejection {
  private static final Set<String> STRICT =
      Set.of("=", "<>", "<", "<=", ">", ">=", "~~", "!~~", "~~*", "!~~*", "~", "!~");

  private NullRejection() {}

  public static Set<ColumnId> notNullWhereTrue(Scalar condition) {
    Set<ColumnId> found = new HashSet<>();
    for (Scalar conjunct : condition.conjuncts()) {
      Scalar bare = conjunct.bare();
      switch (bare.form()) {
        case COLUMN -> bare.asColumn().ifPresent(found::add);
        case INFIX -> {
          if (STRICT.contains(bare.operator())) {
            bare.operands().forEach(operand -> strictColumn(operand).ifPresent(found::add));
          }
        }
        case TEST -> {
          if (bare.operator().equals("IS NOT NULL")) {
            column(bare.operands().getFirst()).ifPresent(found::add);
          }
        }
        case QUANTIFIED_ARRAY -> {
          if (bare.operator().equals("= ANY")) {
            strictColumn(bare.operands().getFirst()).ifPresent(found::add);
          }
        }
        case OR -> found.addAll(inAll(bare.operands()));
        default -> {
          // Nothing is known of it.
        }
      }
    }
    return found;
  }

  private static Set<ColumnId> inAll(List<Scalar> alternatives) {
    Set<ColumnId> common = new HashSet<>(notNullWhereTrue(alternatives.getFirst()));
    alternatives.forEach(alternative -> common.retainAll(notNullWhereTrue(alternative)));
    return common;
  }

  /** A column, also behind a cast: no cast of NULL is anything but NULL, but for domains' types. */
  private static Optional<ColumnId> strictColumn(Scalar scalar) {
    Scalar bare = scalar.bare();
    boolean builtIn = bare.form() == Form.CAST && !bare.operator().contains(".");
    return builtIn ? column(bare.operands().getFirst()) : column(bare);
  }

  /** A row is no column: its fields may be NULL while it is not. */
  private static Optional<ColumnId> column(Scalar scalar) {
    return scalar.bare().asColumn();
  }
}
