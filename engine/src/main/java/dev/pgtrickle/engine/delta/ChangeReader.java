package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Scan;

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

  /** Whether a table has changes in the window. */
  enum Activity {
    CHANGED,
    UNCHANGED
  }
}
