package dev.pgtrickle.engine.definition;

/** What becomes of a table that nobody wants to be maintained any more. */
public enum DeletionPolicy {
  /** Capture and buffers go, the relation stays readable, its name can come back. */
  RETAIN("Retain"),
  /** Everything goes; refused while other objects depend on the relation. */
  DELETE("Delete"),
  /** Like RETAIN, but capture goes on for a day, so that a successor goes on differentially. */
  ORPHAN("Orphan");

  private final String word;

  DeletionPolicy(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static DeletionPolicy ofWord(String word) {
    for (DeletionPolicy policy : values()) {
      if (policy.word.equals(word)) {
        return policy;
      }
    }
    throw new IllegalStateException("the registry holds an unknown deletion policy " + word);
  }
}
