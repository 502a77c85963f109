package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.Identifier;

/** One column of a relation, dropped ones left out. */
public record ColumnFacts(
    int attributeNumber,
    Identifier name,
    ColumnType type,
    Nullability nullability,
    Generation generation) {

  /** The same column where nothing says that it is never NULL. */
  ColumnFacts orNull() {
    return new ColumnFacts(attributeNumber, name, type, Nullability.NULLABLE, generation);
  }
}
