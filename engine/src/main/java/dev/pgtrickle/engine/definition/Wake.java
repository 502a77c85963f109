package dev.pgtrickle.engine.definition;

/** How a writer's commit reaches the worker: see design section 3. */
public enum Wake {
  AUTO("Auto"),
  NOTIFY("Notify"),
  POLL("Poll");

  private final String word;

  Wake(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
