package dev.pgtrickle.engine.relations;

import java.util.Optional;

/**
 * The type of a column or of an expression.
 *
 * @param modifier pg_attribute.atttypmod, -1 for none
 * @param text as format_type prints it, schema-qualified unless it is built in
 * @param collation empty where the type is not collatable
 */
public record ColumnType(
    int modifier, String text, Optional<CollationFacts> collation, TypeFacts facts) {

  public long oid() {
    return facts.oid();
  }

  /** Equality with the column's collation considered (P9). */
  public Equality equality() {
    boolean bytewise =
        collation
            .map(facts -> facts.determinism() == CollationFacts.Determinism.DETERMINISTIC)
            .orElse(true);
    return facts.equality() == Equality.IDENTITY && !bytewise ? Equality.COARSER : facts.equality();
  }
}
