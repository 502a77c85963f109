package dev.pgtrickle.crds.streamtable;

import dev.pgtrickle.crds.Word;

/** How far a refresh is that was asked for; scripts wait for these words. */
public enum RefreshRequestState {
  ACCEPTED,
  RUNNING,
  SUCCEEDED,
  FAILED;

  /** As status shows it: {@code Accepted}. */
  public String word() {
    return Word.of(name());
  }
}
