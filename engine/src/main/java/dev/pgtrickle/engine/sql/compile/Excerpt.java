package dev.pgtrickle.engine.sql.compile;

import dev.pgtrickle.engine.error.TextPosition;

/** The line of a text that an error is about, with a caret below the place. */
public final class Excerpt {
  private static final int BEFORE = 60;
  private static final int LONGEST = 100;

  private Excerpt() {}

  /** Two lines; of a very long one only what is near the place. */
  public static String of(String text, TextPosition position) {
    String line = text.lines().skip(position.line() - 1L).findFirst().orElse("");
    int column = Math.min(position.column() - 1, line.length());
    int start = Math.max(0, column - BEFORE);
    String shown =
        line.substring(start, Math.min(line.length(), start + LONGEST)).replace('\t', ' ');
    return shown + "\n" + " ".repeat(column - start) + "^";
  }
}
