package dev.pgtrickle.engine.relations;

import java.util.Optional;
import java.util.Set;

/**
 * The type of a column or of an expression.
 *
 * @param modifier pg_attribute.atttypmod, -1 for none
 * @param text as format_type prints it, schema-qualified unless it is built in
 * @param collation empty where the type is not collatable
 */
public record ColumnType(
    int modifier, String text, Optional<CollationFacts> collation, TypeFacts facts) {

  /** Stands for a type until PostgreSQL was asked for it; equal to nothing that is known. */
  public static ColumnType undetermined() {
    return new ColumnType(
        -1,
        "undetermined",
        Optional.empty(),
        new TypeFacts(
            0, 0, Equality.NONE, Hashing.BY_TEXT, Length.VARIABLE, Optional.empty(), Set.of()));
  }

  public boolean isUndetermined() {
    return oid() == 0;
  }

  public long oid() {
    return facts.oid();
  }

  /** Whether it is a domain: CASE and set operations make of it what is below it. */
  public boolean isDomain() {
    return facts.oid() != facts.baseOid();
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
