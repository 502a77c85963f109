package dev.pgtrickle.testbed.cases;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Goes through SQL text word by word; quotes and comments are one step each. */
final class SqlScanner {
  private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\d_]*)?\\$");

  private final String text;
  private int index;
  private int line;

  SqlScanner(String text, int firstLine) {
    this.text = text;
    this.line = firstLine;
  }

  /** What a step went over. */
  enum Kind {
    BLANK,
    LINE_COMMENT,
    COMMENT,
    WORD,
    QUOTE,
    OTHER,
    /** A quote or comment that has no end. */
    OPEN
  }

  /**
   * A step.
   *
   * @param line in which it begins
   */
  record Step(Kind kind, String text, int line) {}

  boolean hasNext() {
    return index < text.length();
  }

  Step next() {
    int begin = index;
    int firstLine = line;
    Kind kind = skip(text.charAt(begin));
    String went = text.substring(begin, index);
    line += (int) went.chars().filter(character -> character == '\n').count();
    return new Step(kind, went, firstLine);
  }

  private Kind skip(char first) {
    if (Character.isWhitespace(first)) {
      index++;
      return Kind.BLANK;
    }
    if (text.startsWith("--", index)) {
      int end = text.indexOf('\n', index);
      index = end < 0 ? text.length() : end;
      return Kind.LINE_COMMENT;
    }
    if (text.startsWith("/*", index)) {
      return comment();
    }
    if (first == '\'' || first == '"') {
      return quoted(first, Escapes.NONE);
    }
    if ((first == 'e' || first == 'E') && text.startsWith("'", index + 1)) {
      index++;
      return quoted('\'', Escapes.BACKSLASH);
    }
    if (isNameStart(first)) {
      while (index < text.length() && isNamePart(text.charAt(index))) {
        index++;
      }
      return Kind.WORD;
    }
    Matcher dollar = DOLLAR_QUOTE.matcher(text).region(index, text.length());
    if (first == '$' && dollar.lookingAt()) {
      return closed(text.indexOf(dollar.group(), dollar.end()), dollar.group().length());
    }
    index++;
    return Kind.OTHER;
  }

  private Kind closed(int end, int length) {
    index = end < 0 ? text.length() : end + length;
    return end < 0 ? Kind.OPEN : Kind.QUOTE;
  }

  /** Comments nest. */
  private Kind comment() {
    int depth = 0;
    while (index < text.length()) {
      if (text.startsWith("/*", index)) {
        depth++;
        index += 2;
      } else if (text.startsWith("*/", index)) {
        depth--;
        index += 2;
        if (depth == 0) {
          return Kind.COMMENT;
        }
      } else {
        index++;
      }
    }
    return Kind.OPEN;
  }

  private enum Escapes {
    NONE,
    BACKSLASH
  }

  /** A doubled quote is read as two quotes, which comes to the same. */
  private Kind quoted(char quote, Escapes escapes) {
    index++;
    while (index < text.length()) {
      char character = text.charAt(index);
      index++;
      if (character == quote) {
        return Kind.QUOTE;
      }
      if (character == '\\' && escapes == Escapes.BACKSLASH) {
        index++;
      }
    }
    index = text.length();
    return Kind.OPEN;
  }

  private static boolean isNameStart(char character) {
    return Character.isLetter(character) || character == '_';
  }

  private static boolean isNamePart(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '$';
  }
}
