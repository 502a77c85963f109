package dev.pgtrickle.engine.source;

/**
 * P1, the rule that exactness hangs on: the changes of a refresh are those that are visible at its
 * snapshot S' (MVCC sees to that) and were NOT visible in the stored frontier S. Never an LSN or a
 * largest transaction id: a transaction that began earlier may commit later.
 *
 * <p>A class, so that a test can replace it by such a bug.
 */
public class WindowPredicate {

  /**
   * The condition on a row of a change buffer.
   *
   * @param transaction the buffer's xid column
   * @param oldest an expression for {@code pg_snapshot_xmin(S)}: everything below is visible in S,
   *     so that an index range serves as a prefilter
   * @param snapshot an expression for S
   */
  public String sql(String transaction, String oldest, String snapshot) {
    return "%s >= %s AND NOT pg_visible_in_snapshot(%s, %s)"
        .formatted(transaction, oldest, transaction, snapshot);
  }
}
