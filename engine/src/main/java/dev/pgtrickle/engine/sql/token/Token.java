package dev.pgtrickle.engine.sql.token;

import dev.pgtrickle.engine.postgres.Identifier;
import java.util.Locale;

/**
 * One word of SQL.
 *
 * @param text exactly as it stands
 * @param offset of its first character
 * @param lead a blank when white space stands before it, else nothing
 */
public record Token(TokenKind kind, String text, int offset, String lead) {

  public boolean isWord(String keyWord) {
    return kind == TokenKind.WORD && text.equalsIgnoreCase(keyWord);
  }

  public boolean isPunctuation(String character) {
    return kind == TokenKind.PUNCTUATION && text.equals(character);
  }

  public boolean isIdentifier() {
    return kind == TokenKind.IDENTIFIER;
  }

  public String upperCase() {
    return text.toUpperCase(Locale.ROOT);
  }

  /** The name that a quoted identifier stands for. */
  public Identifier identifier() {
    return Identifier.of(text.substring(1, text.length() - 1).replace("\"\"", "\""));
  }

  /** The text as it stood among its neighbours. */
  public String spaced() {
    return lead + text;
  }

  /** Whether both are the same word, wherever they stand. */
  public boolean same(Token other) {
    return kind == other.kind && text.equals(other.text);
  }
}
