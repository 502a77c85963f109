package dev.pgtrickle.engine.source;

/**
 * The rule of protocol P1: which rows of a change buffer are new since the stored frontier S. That
 * they are visible in the refresh's own snapshot S' is what MVCC sees to.
 *
 * <p>A class of its own, handed in by constructors, so that a test can plant another rule and see
 * rows get lost.
 */
public class WindowPredicate {

  /**
   * The condition on a row of a buffer.
   *
   * @param oldest {@code pg_snapshot_xmin(S)} as an expression of type xid8: the index's range
   * @param snapshot S as an expression of type pg_snapshot: the rule itself
   */
  public String newRows(String oldest, String snapshot) {
    String transaction = ChangeColumns.TRANSACTION.quoted();
    return transaction
        + " >= "
        + oldest
        + " AND NOT pg_visible_in_snapshot("
        + transaction
        + ", "
        + snapshot
        + ")";
  }
}
