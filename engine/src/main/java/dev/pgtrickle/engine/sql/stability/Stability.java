package dev.pgtrickle.engine.sql.stability;

/** What a function's result rests on, from the best to the worst. */
public enum Stability {
  /** Its arguments: IMMUTABLE, as PostgreSQL was told. */
  IMMUTABLE,
  /** Its arguments and settings that every session of ours pins. */
  PINNED,
  /** Other tables or settings that may change: maintained by full refreshes only. */
  OTHER_STABLE,
  /** The clock: outside of a temporal filter as bad as chance. */
  CLOCK,
  /** Chance, or a side effect. */
  VOLATILE;

  /** Whether rows that did not change keep their results. */
  public boolean keepsResults() {
    return this == IMMUTABLE || this == PINNED;
  }
}
