package dev.pgtrickle.crds.snapshot;

import dev.pgtrickle.crds.Word;

/** How far a Snapshot is. */
public enum SnapshotPhase {
  PENDING,
  RUNNING,
  COMPLETED,
  FAILED;

  /** As status shows it: {@code Pending}. */
  public String word() {
    return Word.of(name());
  }
}
