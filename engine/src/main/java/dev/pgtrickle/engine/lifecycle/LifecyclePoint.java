package dev.pgtrickle.engine.lifecycle;

/**
 * The boundaries between the steps of a table's life. What is before one is committed; a kill there
 * is followed by a worker that reads the registry and goes on.
 */
public enum LifecyclePoint {
  /** The wish is in the registry. */
  WANTED,
  /** Every source is captured. */
  CAPTURED,
  /** What somebody else had changed is as it was. */
  REPAIRED,
  /** Storage and view are there, without rows. */
  CREATED,
  /** What the load has not seen is kept for it. */
  PINNED,
  /** The storage has the columns of the changed definition; readers see the old rows. */
  PREPARED,
  /** Readers have the rows. */
  LOADED,
  /** Sources that are not read any more are known to be so. */
  ATTACHED,
  /** Owner, grants and indexes are as wanted. */
  DRESSED,
  /** All of the wish is fulfilled, but for columns that wait for old snapshots to go. */
  SETTLED,
  /** No snapshot is left that does not see the rows of the view's new columns. */
  BARRIER_PASSED,
  /** The view has all its columns, and no gate. */
  VIEW_REPLACED,
  /** The owner's leaving is in the registry. */
  RELEASED,
  /** The view is gone. */
  VIEW_DROPPED,
  /** Nobody keeps changes for the table any more. */
  FRONTIERS_FORGOTTEN,
  /** Sources that nobody else reads are not captured any more. */
  CAPTURE_RELEASED,
  /** Storage and registry row are gone. */
  REMOVED,
  /** Only relation and tombstone are left. */
  RETIRED
}
