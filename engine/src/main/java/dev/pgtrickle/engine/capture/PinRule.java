package dev.pgtrickle.engine.capture;

/**
 * P4, pins: cleanup removes only rows that every pinned frontier of the source has consumed. With
 * no pinned frontier everything that is visible may go.
 */
public class PinRule {

  /**
   * A condition on a row of a buffer that has column {@code xid}.
   *
   * @param row alias of the buffer
   * @param everything what is visible now, as an expression of type pg_snapshot; bounds what goes
   *     when nothing is pinned
   */
  String removable(long sourceId, String row, String everything) {
    return """
    pg_visible_in_snapshot(%1$s.xid, %2$s)
    AND NOT EXISTS (
      SELECT FROM pgtrickle.frontier AS pin
      WHERE pin.source_id = %3$d AND pin.pinned
        AND NOT pg_visible_in_snapshot(%1$s.xid, pin.snapshot))\
    """
        .formatted(row, everything, sourceId);
  }

  /**
   * A scalar query for the smallest pin, which is a subset of all others; {@code everything} where
   * there is none. What is removed is visible in it.
   */
  String smallest(long sourceId, String everything) {
    return """
    coalesce(
      (SELECT pin.snapshot
       FROM pgtrickle.frontier AS pin
       WHERE pin.source_id = %d AND pin.pinned
       ORDER BY pg_snapshot_xmax(pin.snapshot),
                (SELECT count(*) FROM pg_snapshot_xip(pin.snapshot)) DESC
       LIMIT 1),
      %s)\
    """
        .formatted(sourceId, everything);
  }
}
