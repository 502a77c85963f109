package dev.pgtrickle.testbed.cases;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of a case.
 *
 * @param text without its semicolon
 * @param line of the file in which it begins
 */
public record CaseStatement(String text, int line) {
  private static final Pattern FIRST_WORD = Pattern.compile("\\s*\\(?\\s*(\\w+)");
  private static final Set<String> DATA_WORDS =
      Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "COPY", "WITH");
  private static final int SHOWN = 120;

  /** Whether it is about rows, not about what holds them. */
  public boolean isData() {
    Matcher first = FIRST_WORD.matcher(text);
    return first.lookingAt() && DATA_WORDS.contains(first.group(1).toUpperCase(Locale.ROOT));
  }

  /** Its beginning in one line. */
  public String shown() {
    String oneLine = text.strip().replaceAll("\\s+", " ");
    return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN) + " ...";
  }
}
