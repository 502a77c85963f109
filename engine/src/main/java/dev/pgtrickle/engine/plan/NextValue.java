package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.delta.HiddenColumns;
import dev.pgtrickle.engine.delta.StateColumn;

/**
 * What comes in the place of a least or greatest value that left, where all values are kept: the
 * best of those that were there and stay, and of those that came.
 */
class NextValue {

  /**
   * The condition on a stored value that it stays. All that this statement does is still unseen in
   * the table.
   *
   * @param changes the common table of the kept rows that change, and what their counts become
   */
  protected String stays(String changes) {
    return "stored.ctid NOT IN (\n  SELECT gone.%1$s FROM %2$s AS gone WHERE gone.%3$s = 0 AND gone.%1$s IS NOT NULL\n)"
        .formatted(StorageRows.ROW.quoted(), changes, HiddenColumns.COUNT.quoted());
  }

  /** The better one of two of which each may be NULL. */
  protected String better(StateColumn.Direction direction, String arrived, String stayed) {
    return "%s(%s, %s)".formatted(direction.function(), arrived, stayed);
  }
}
