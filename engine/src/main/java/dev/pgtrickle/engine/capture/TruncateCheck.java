package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeColumns;
import java.util.stream.Collectors;

/**
 * Before a retired buffer is truncated: no row may be left that somebody has not consumed. Every
 * row is looked at without a lock; under the ACCESS EXCLUSIVE lock, under which no uncommitted row
 * can exist, only what that scan could not see. A row of an aborted transaction is seen by neither
 * and matters to nobody.
 */
public class TruncateCheck {

  /**
   * A scalar query that says whether all rows that its snapshot sees may go.
   *
   * @param removable condition on a row called {@code kept}
   */
  String holds(QualifiedName buffer, String removable) {
    return "SELECT NOT EXISTS (SELECT FROM %s AS kept WHERE NOT (%s))"
        .formatted(buffer.quoted(), removable);
  }

  /**
   * A scalar query that says whether nothing was committed that a scan did not see: the
   * transactions that ran at its snapshot and all that began later. Whatever a transaction wrote,
   * something of it is in the index, so this reads no row of the table but those it looks for. One
   * look for each marker and transaction: older planners read the whole index for a list of them.
   *
   * @param snapshot that of the scan, an expression of type pg_snapshot
   */
  String untouchedSince(QualifiedName buffer, String snapshot) {
    String indexed =
        ChangeColumns.INDEXED.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return """
    SELECT NOT EXISTS (
             SELECT FROM unnest('{%3$s}'::int2[]) AS indexed (marker),
               LATERAL (SELECT FROM %1$s AS kept
                        WHERE kept.marker >= %2$d AND kept.marker = indexed.marker
                          AND kept.xid >= pg_snapshot_xmax(%4$s) LIMIT 1) AS later)
       AND NOT EXISTS (
             SELECT FROM unnest('{%3$s}'::int2[]) AS indexed (marker),
               pg_snapshot_xip(%4$s) AS running (xid),
               LATERAL (SELECT FROM %1$s AS kept
                        WHERE kept.marker >= %2$d AND kept.marker = indexed.marker
                          AND kept.xid = running.xid LIMIT 1) AS unseen)\
    """
        .formatted(buffer.quoted(), ChangeColumns.ROW, indexed, snapshot);
  }
}
