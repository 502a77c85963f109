package dev.pgtrickle.engine.definition;

/** What may be taken over when the wanted relation is there already. */
public enum AdoptionPolicy {
  /** Only what is one's own: a tombstone or a row of the same namespace and name. */
  NEVER("Never"),
  /** Also what somebody else left behind. */
  IF_ORPHANED("IfOrphaned"),
  /** A relation that is not a stream table is renamed and kept. */
  RENAME_EXISTING("RenameExisting");

  private final String word;

  AdoptionPolicy(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
