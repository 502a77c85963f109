package dev.pgtrickle.engine.algebra.property;

import dev.pgtrickle.engine.algebra.Column;
import dev.pgtrickle.engine.algebra.Fidelity;
import dev.pgtrickle.engine.relations.CollationFacts;
import dev.pgtrickle.engine.relations.ColumnType;

/**
 * Property: whether two values of a column that are equal always look the same (protocol P9). A
 * type whose {@code =} is coarser than identity still has one image a value where its modifier
 * fixes what {@code =} overlooks: the scale of {@code numeric(8,2)}, the padding of {@code
 * char(4)}.
 *
 * <p>Never claims VALUE wrongly: a type that PostgreSQL was not asked for is IMAGE.
 */
public final class ColumnFidelity {
  private static final long NUMERIC = 1700;
  private static final long BLANK_PADDED = 1042;

  private ColumnFidelity() {}

  public static Fidelity of(Column column) {
    return of(column.type());
  }

  public static Fidelity of(ColumnType type) {
    if (type.isUndetermined()) {
      return Fidelity.IMAGE;
    }
    boolean fixed =
        type.modifier() >= 0
            && (type.oid() == NUMERIC || (type.oid() == BLANK_PADDED && bytewise(type)));
    return fixed ? Fidelity.VALUE : Fidelity.of(type);
  }

  private static boolean bytewise(ColumnType type) {
    return type.collation()
        .map(facts -> facts.determinism() == CollationFacts.Determinism.DETERMINISTIC)
        .orElse(true);
  }
}
