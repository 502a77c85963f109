package dev.pgtrickle.engine.algebra;

/**
 * Indents SQL for human eyes. A line break inside quotes belongs to a value or a name: left alone.
 */
public final class Indentation {
  private static final String STEP = "  ";
  private static final char OUTSIDE = '\0';

  private Indentation() {}

  /** Two more blanks before every line that begins outside of quotes. */
  public static String indent(String sql) {
    StringBuilder text = new StringBuilder(STEP);
    char quote = OUTSIDE;
    for (int index = 0; index < sql.length(); index++) {
      char character = sql.charAt(index);
      text.append(character);
      if (quote == OUTSIDE) {
        if (character == '\n') {
          text.append(STEP);
        } else if (character == '\'' || character == '"') {
          quote = character;
        }
      } else if (character == quote) {
        // A doubled quote closes and opens again at once.
        quote = OUTSIDE;
      }
    }
    return text.toString();
  }
}
