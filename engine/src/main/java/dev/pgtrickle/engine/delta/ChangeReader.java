package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.postgres.Identifier;

/** Where a scan finds the signed rows of its table: in the buffers, or where they were staged. */
public interface ChangeReader {

  /** Whether the table has changes; where it has none nothing is generated for it. */
  Activity activity(Scan scan);

  /**
   * A SELECT of {@code __weight} and the scan's columns under their names.
   *
   * @param name of the common table
   */
  CommonTable signedRows(String name, Scan scan);

  /**
   * Leaves out of the rows of a common table, as {@link #signedRows} named it, what does not meet a
   * condition, so that they are not even staged. A reader may decline: then the statement does it.
   *
   * @param condition over the alias {@code input}
   */
  Narrowing narrow(Identifier changes, String condition);

  /** Whether the condition is met by all rows from now on. */
  enum Narrowing {
    DONE,
    DECLINED
  }

  /** Whether a table has changes in the window. */
  enum Activity {
    CHANGED,
    UNCHANGED
  }
}
