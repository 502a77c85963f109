package dev.pgtrickle.engine.definition;

/** Whether a refresh that cannot be differential may be a full one. */
public enum Fallback {
  ALLOW("Allow"),
  NEVER("Never");

  private final String word;

  Fallback(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
