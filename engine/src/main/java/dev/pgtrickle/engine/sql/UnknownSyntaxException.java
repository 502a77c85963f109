package dev.pgtrickle.engine.sql;

/** The canonical text holds a word that the parser does not know at this place. */
final class UnknownSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String word;

  UnknownSyntaxException(Token token) {
    super("unknown syntax at " + token.offset() + ": " + token.text());
    this.word = token.text();
  }

  String word() {
    return word;
  }
}
