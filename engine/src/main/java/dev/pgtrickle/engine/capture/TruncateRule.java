package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.source.Coverage;

/**
 * P6: when a TRUNCATE may be recorded as the images of the rows that it removes. Otherwise it is
 * recorded as a reset, without reading anything.
 */
public class TruncateRule {
  /** A TRUNCATE of more rows than this is a reset, since a full refresh is then cheaper. */
  static final int IMAGES = 10_000;

  /** Rows of a table that belongs to somebody else are never read in his transactions. */
  boolean mayReadRows(Coverage coverage) {
    return coverage == Coverage.COMPLETE;
  }

  /**
   * A condition in the trigger function, which runs when the table is locked already: a new
   * snapshot then sees every row, that of a REPEATABLE READ transaction does not. Row security
   * would hide rows, and a lost right would make the application's TRUNCATE fail.
   */
  String seesAllRows() {
    return """
    current_setting('transaction_isolation') IN ('read committed', 'read uncommitted')
         AND has_table_privilege(TG_RELID, 'SELECT')
         AND NOT (SELECT class.relrowsecurity FROM pg_class AS class WHERE class.oid = TG_RELID)\
    """;
  }
}
