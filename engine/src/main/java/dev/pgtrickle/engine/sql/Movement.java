package dev.pgtrickle.engine.sql;

/**
 * Something that changes a query's answer without a change of any source (P15).
 *
 * @param reason in words, for status and preview
 */
public record Movement(String reason, Cause cause) {

  /** Whether what moved can be known afterwards. */
  public enum Cause {
    /** The time of the refresh, which is stored with the frontier and can be put in again. */
    STORED_CLOCK,
    /** What nobody records: other tables, settings, chance. */
    UNSEEN
  }
}
