package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.QualifiedName;

/** A collation, and whether its equality is bytewise. */
public record CollationFacts(long oid, QualifiedName name, Determinism determinism) {
  /** pg_collation.collisdeterministic. */
  public enum Determinism {
    DETERMINISTIC,
    NONDETERMINISTIC
  }
}
