package dev.pgtrickle.engine.sql.token;

/**
 * The canonical text holds a word that the parser does not know at this place: it is refused, never
 * guessed at.
 */
public final class UnknownSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String word;
  private final int offset;

  public UnknownSyntaxException(Token token) {
    super("unknown syntax at " + token.offset() + ": " + token.text());
    this.word = token.text();
    this.offset = token.offset();
  }

  public String word() {
    return word;
  }

  /** Where the word stands in the text that was read. */
  public int offset() {
    return offset;
  }
}
