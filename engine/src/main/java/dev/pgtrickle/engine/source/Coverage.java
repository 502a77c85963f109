package dev.pgtrickle.engine.source;

/** Which writers of a source are captured; it depends on the rights of the engine role (P14). */
public enum Coverage {
  /** Every writer, also those with {@code session_replication_role = replica}. */
  COMPLETE("complete"),

  /**
   * The source belongs to somebody else, so no trigger of ours can fire for the replica role: what
   * such a session or a logical subscription writes is a capture gap, and a TRUNCATE is a reset.
   */
  ORIGIN_ONLY("origin only");

  private final String word;

  Coverage(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The coverage whose word stands in the registry. */
  public static Coverage ofWord(String word) {
    for (Coverage coverage : values()) {
      if (coverage.word.equals(word)) {
        return coverage;
      }
    }
    throw new IllegalArgumentException("no coverage is called " + word);
  }
}
