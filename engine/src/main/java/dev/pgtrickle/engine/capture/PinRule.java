package dev.pgtrickle.engine.capture;

/**
 * P4, pins: cleanup removes only rows that every pinned frontier of the source has consumed. With
 * no pinned frontier everything that is visible may go.
 */
public class PinRule {

  /**
   * A scalar query for the bound of a cleanup: what every pin sees. That is more than to take the
   * smallest: of two pins each may see what the other does not (P11).
   */
  String bound(long sourceId) {
    return """
    SELECT coalesce(
      (SELECT pgtrickle.seen_by_all(pin.snapshot)
       FROM pgtrickle.frontier AS pin
       WHERE pin.source_id = %d AND pin.pinned),
      pg_current_snapshot())::text\
    """
        .formatted(sourceId);
  }

  /**
   * A condition on a row of a buffer.
   *
   * @param row alias of the buffer
   * @param bound an expression of type pg_snapshot
   */
  String removable(String row, String bound) {
    return "pg_visible_in_snapshot(%s.xid, %s)".formatted(row, bound);
  }
}
