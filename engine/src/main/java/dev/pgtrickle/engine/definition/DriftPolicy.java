package dev.pgtrickle.engine.definition;

/** What is done about objects of ours that somebody else changed. */
public enum DriftPolicy {
  REPAIR("Repair"),
  REPORT("Report");

  private final String word;

  DriftPolicy(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
