package dev.pgtrickle.engine.definition;

/** Whether change buffers survive a crash of the server. */
public enum Buffers {
  LOGGED("logged"),

  /** Cheaper for writers; after a crash or a promotion all rows are compared once. */
  UNLOGGED("unlogged");

  private final String word;

  Buffers(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The kind whose word stands in the registry. */
  public static Buffers ofWord(String word) {
    return word.equals(UNLOGGED.word) ? UNLOGGED : LOGGED;
  }
}
