package dev.pgtrickle.cli.stress.planted;

import dev.pgtrickle.engine.refresh.FrontierUpdate;

/**
 * The bug of every position in a log: one number stands for "everything up to here was seen". A
 * transaction that began before the number was read and commits after it is lost.
 */
final class WatermarkFrontier extends FrontierUpdate {
  @Override
  protected String newFrontier() {
    return "(SELECT format('%1$s:%1$s:', pg_snapshot_xmax(pg_current_snapshot()))::pg_snapshot)";
  }
}
