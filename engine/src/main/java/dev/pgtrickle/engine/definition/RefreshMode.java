package dev.pgtrickle.engine.definition;

/** How a table is refreshed, as the user asked for it. */
public enum RefreshMode {
  AUTO("Auto"),
  DIFFERENTIAL("Differential"),
  FULL("Full");

  private final String word;

  RefreshMode(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
