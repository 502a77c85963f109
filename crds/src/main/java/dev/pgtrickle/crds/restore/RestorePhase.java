package dev.pgtrickle.crds.restore;

import dev.pgtrickle.crds.Word;

/** How far a Restore is. */
public enum RestorePhase {
  PENDING,
  VALIDATING,
  COPYING,
  APPLYING,
  CATCHING_UP,
  COMPLETED,
  FAILED;

  /** As status shows it: {@code Pending}. */
  public String word() {
    return Word.of(name());
  }
}
