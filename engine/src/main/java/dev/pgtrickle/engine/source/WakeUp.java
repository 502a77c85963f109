package dev.pgtrickle.engine.source;

/** How a commit on a source reaches a sleeping worker, after {@code Auto} has been decided. */
public enum WakeUp {
  /** The writer notifies while the worker sleeps; PREPARE TRANSACTION fails in that moment. */
  NOTIFY("notify"),

  /** The writer does nothing; the worker looks. Two-phase commit works always. */
  POLL("poll");

  private final String word;

  WakeUp(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The way whose word stands in the registry. */
  public static WakeUp ofWord(String word) {
    for (WakeUp wakeUp : values()) {
      if (wakeUp.word.equals(word)) {
        return wakeUp;
      }
    }
    throw new IllegalArgumentException("no way to wake up is called " + word);
  }
}
