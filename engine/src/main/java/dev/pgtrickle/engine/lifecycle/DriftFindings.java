package dev.pgtrickle.engine.lifecycle;

import java.util.List;

/**
 * What one table's objects look like beside what we left.
 *
 * @param losses what it takes to put it right, the gravest first
 */
record DriftFindings(long streamTableId, List<Loss> losses, List<Drift> drift) {

  /** What is gone or different, as the repair sees it. */
  enum Loss {
    /** The rows themselves, or columns of them. */
    STORAGE,
    /** What is kept beside the rows; they are there, but nobody could add changes to them. */
    KEPT,
    VIEW,
    /** The view is there and says something else. */
    VIEW_BODY,
    /** The lock on the door of the storage was touched: somebody may have been inside. */
    GUARD,
    /** Owner, grants or the trigger that refuses writes. */
    DRESS,
    INDEX
  }

  boolean lost(Loss loss) {
    return losses.contains(loss);
  }

  boolean lostOnly(Loss loss) {
    return losses.equals(List.of(loss));
  }
}
