package dev.pgtrickle.engine.capture;

/** The parts of {@code source.capture_stamp}, in their order. */
public enum CapturePart {
  TRIGGERS("a capture trigger was disabled, enabled, dropped or created"),
  FUNCTIONS("a capture function was replaced or dropped"),
  COLUMNS("a captured column was renamed, altered or dropped");

  private final String words;

  CapturePart(String words) {
    this.words = words;
  }

  /** What a difference of this part means, for people. */
  public String words() {
    return words;
  }
}
