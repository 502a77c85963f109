package dev.pgtrickle.engine.error;

/** A place in a text that the user wrote, counted from 1. */
public record TextPosition(int line, int column) {

  public TextPosition {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("positions count from 1: " + line + ":" + column);
    }
  }

  /** The position of a zero-based character offset. */
  public static TextPosition ofOffset(String text, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int index = 0; index < Math.min(offset, text.length()); index++) {
      if (text.charAt(index) == '\n') {
        line++;
        lineStart = index + 1;
      }
    }
    return new TextPosition(line, Math.max(1, offset - lineStart + 1));
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
