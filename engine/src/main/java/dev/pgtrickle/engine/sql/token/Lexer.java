package dev.pgtrickle.engine.sql.token;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL into words by the rules of PostgreSQL's own scanner (standard_conforming_strings on).
 * What is not terminated reaches to the end of the text: PostgreSQL reports that better.
 */
public final class Lexer {
  private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";

  /** Only with one of these may an operator of several characters end in + or -. */
  private static final String UNUSUAL_OPERATOR_CHARACTERS = "~!@#^&|`?%";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;

  private Lexer(String text) {
    this.text = text;
  }

  /** All words, the last of which is an END token. */
  public static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    lexer.run();
    return List.copyOf(lexer.tokens);
  }

  private void run() {
    while (true) {
      int before = position;
      skipBlanksAndComments();
      String lead = position > before ? " " : "";
      int start = position;
      if (start >= text.length()) {
        tokens.add(new Token(TokenKind.END, "", start, lead));
        return;
      }
      TokenKind kind = next();
      tokens.add(new Token(kind, text.substring(start, position), start, lead));
    }
  }

  private TokenKind next() {
    char character = text.charAt(position);
    if (character == '"') {
      quoted('"', Escapes.NONE);
      return TokenKind.IDENTIFIER;
    }
    if (character == '\'') {
      quoted('\'', Escapes.NONE);
      return TokenKind.STRING;
    }
    int prefix = stringPrefix();
    if (prefix > 0) {
      boolean backslashes = character == 'e' || character == 'E';
      position += prefix;
      boolean name = text.charAt(position) == '"';
      quoted(text.charAt(position), backslashes ? Escapes.BACKSLASH : Escapes.NONE);
      return name ? TokenKind.IDENTIFIER : TokenKind.STRING;
    }
    if (character == '$' && dollarQuoted()) {
      return TokenKind.STRING;
    }
    if (isDigit(character) || (character == '.' && isDigit(peek(1)))) {
      number();
      return TokenKind.NUMBER;
    }
    if (startsName(character)) {
      while (position < text.length() && continuesName(text.charAt(position))) {
        position++;
      }
      return TokenKind.WORD;
    }
    if (OPERATOR_CHARACTERS.indexOf(character) >= 0) {
      return operator();
    }
    position += text.startsWith("::", position) || text.startsWith(":=", position) ? 2 : 1;
    return TokenKind.PUNCTUATION;
  }

  private enum Escapes {
    NONE,
    BACKSLASH
  }

  /** The length of E, B, X, N or U&amp; before a quote; 0 where there is none. */
  private int stringPrefix() {
    char character = Character.toUpperCase(text.charAt(position));
    if ("EBXN".indexOf(character) >= 0 && peek(1) == '\'') {
      return 1;
    }
    return character == 'U' && peek(1) == '&' && (peek(2) == '\'' || peek(2) == '"') ? 2 : 0;
  }

  private void quoted(char quote, Escapes escapes) {
    position++;
    while (position < text.length()) {
      char character = text.charAt(position);
      if (escapes == Escapes.BACKSLASH && character == '\\') {
        position += 2;
      } else if (character == quote && peek(1) == quote) {
        position += 2;
      } else if (character == quote) {
        position++;
        return;
      } else {
        position++;
      }
    }
    position = text.length();
  }

  private boolean dollarQuoted() {
    int end = position + 1;
    while (end < text.length() && text.charAt(end) != '$' && continuesName(text.charAt(end))) {
      end++;
    }
    boolean opens =
        end < text.length() && text.charAt(end) == '$' && !isDigit(text.charAt(position + 1));
    if (!opens) {
      return false;
    }
    String delimiter = text.substring(position, end + 1);
    int close = text.indexOf(delimiter, end + 1);
    position = close < 0 ? text.length() : close + delimiter.length();
    return true;
  }

  private void number() {
    while (position < text.length()) {
      char character = text.charAt(position);
      boolean sign = character == '+' || character == '-';
      char before = position == 0 ? ' ' : Character.toLowerCase(text.charAt(position - 1));
      boolean part = Character.isLetterOrDigit(character) || character == '.' || character == '_';
      if (!part && !(sign && before == 'e')) {
        return;
      }
      position++;
    }
  }

  private TokenKind operator() {
    int start = position;
    while (position < text.length()
        && OPERATOR_CHARACTERS.indexOf(text.charAt(position)) >= 0
        && !text.startsWith("--", position)
        && !text.startsWith("/*", position)) {
      position++;
    }
    while (position - start > 1 && endsInSign() && isOrdinary(text.substring(start, position))) {
      position--;
    }
    return text.substring(start, position).equals("=>")
        ? TokenKind.PUNCTUATION
        : TokenKind.OPERATOR;
  }

  private boolean endsInSign() {
    char last = text.charAt(position - 1);
    return last == '+' || last == '-';
  }

  private static boolean isOrdinary(String operator) {
    return operator.chars().noneMatch(c -> UNUSUAL_OPERATOR_CHARACTERS.indexOf(c) >= 0);
  }

  private void skipBlanksAndComments() {
    while (position < text.length()) {
      if (Character.isWhitespace(text.charAt(position))) {
        position++;
      } else if (text.startsWith("--", position)) {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", position)) {
        skipBlockComment();
      } else {
        return;
      }
    }
  }

  private void skipBlockComment() {
    int depth = 0;
    do {
      if (text.startsWith("/*", position)) {
        depth++;
        position += 2;
      } else if (text.startsWith("*/", position)) {
        depth--;
        position += 2;
      } else {
        position++;
      }
    } while (depth > 0 && position < text.length());
  }

  private char peek(int distance) {
    return position + distance < text.length() ? text.charAt(position + distance) : '\0';
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean startsName(char character) {
    return Character.isLetter(character) || character == '_' || character >= 0x80;
  }

  private static boolean continuesName(char character) {
    return startsName(character) || isDigit(character) || character == '$';
  }
}
