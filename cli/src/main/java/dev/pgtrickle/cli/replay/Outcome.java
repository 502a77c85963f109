package dev.pgtrickle.cli.replay;

/** What became of a case in one order and one mode. */
public enum Outcome {
  /** Equal after every refresh. */
  EXACT("exact"),
  /** Not equal once, or it could not be kept at all: a defect of the engine. */
  DIFFERENT("different"),
  /** The query is not accepted, or cannot be computed over the rows of the case. */
  REFUSED("refused"),
  /** The query has no one answer over the same rows: nobody can say. */
  NOT_COMPARABLE("notComparable");

  private final String word;

  Outcome(String word) {
    this.word = word;
  }

  /** As in reports. */
  @Override
  public String toString() {
    return word;
  }
}
