package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlText;
import dev.pgtrickle.engine.source.ChangeColumns;
import java.time.Duration;
import java.time.Instant;

/**
 * P18, the dead man's switch: when nobody renewed the lease, the capture functions record nothing
 * but one marker, so that an operator that went away never fills a disk.
 *
 * <p>A writer that sees the committed marker of another writes none itself. So a marker speaks for
 * writers who left no trace: whoever sees one, or sees that the deadline has passed, must treat the
 * source as having a capture gap ({@link GapRepair}).
 */
public class Deadline {
  /** How long a lease lasts. */
  public static final Duration LENGTH = Duration.ofHours(24);

  /** A lease counts as passed a little before it does, so that clocks may be set. */
  private static final Duration CAUTION = Duration.ofMinutes(1);

  /** The first statement of a capture function. */
  String guard(Instant deadline, QualifiedName buffer) {
    return
"""
  IF clock_timestamp() > TIMESTAMPTZ %1$s THEN
    INSERT INTO %2$s (xid, weight, marker)
    SELECT pg_current_xact_id(), 0, %3$d
    WHERE NOT EXISTS (SELECT FROM %2$s AS known WHERE known.marker = %3$d);
    RETURN NULL;
  END IF;
"""
        .formatted(SqlText.literal(deadline.toString()), buffer.quoted(), ChangeColumns.EXPIRED);
  }

  /** Whether the deadline of row {@code source} has passed; the server's clock decides. */
  String passed(String source) {
    return "%s.lease_until <= clock_timestamp() + INTERVAL '%d seconds'"
        .formatted(source, CAUTION.toSeconds());
  }

  /** Whether less than half of the lease is left. */
  boolean isDue(Instant leaseUntil, Instant now) {
    return leaseUntil.isBefore(now.plus(LENGTH.dividedBy(2)));
  }
}
