package dev.pgtrickle.engine.postgres;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;

/**
 * P13: a worker that lost its database cannot commit any more. Every writing transaction locks an
 * empty table IN ROW SHARE MODE before its snapshot and reads the epoch plainly in that snapshot; a
 * new owner takes the lock IN EXCLUSIVE MODE before it raises the epoch. So whoever locks later
 * sees the new epoch, and whoever locked earlier has committed before it was raised.
 */
public class Fence {
  private static final QualifiedName TABLE = QualifiedName.of("pgtrickle", "fence");
  private final FenceEpoch epoch;

  public Fence(FenceEpoch epoch) {
    this.epoch = epoch;
  }

  /** The statement that comes before any snapshot. Overridden by a planted bug in a test. */
  public String lockStatement() {
    return "LOCK TABLE " + TABLE.quoted() + " IN ROW SHARE MODE";
  }

  /** A scalar query for the epoch at the transaction's snapshot. */
  public final String epochQuery() {
    return "SELECT epoch FROM pgtrickle.ownership";
  }

  /** Refuses to go on when the database has a newer owner. */
  public final void check(long epochInSnapshot) {
    if (epochInSnapshot != epoch.value()) {
      throw TrickleException.of(
          ErrorCode.FENCED_OUT,
          "another worker owns this database now (epoch %d, ours was %d)"
              .formatted(epochInSnapshot, epoch.value()),
          "run only one worker a database; this one stops writing at once");
    }
  }
}
