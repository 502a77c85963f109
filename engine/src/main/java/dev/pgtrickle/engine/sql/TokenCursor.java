package dev.pgtrickle.engine.sql;

import java.util.List;

/** A place among tokens. Whatever it does not find it refuses: unknown syntax fails closed. */
final class TokenCursor {
  private final List<Token> tokens;
  private int index;

  TokenCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int distance) {
    return tokens.get(Math.min(index + distance, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    if (token.kind() != TokenKind.END) {
      index++;
    }
    return token;
  }

  boolean acceptWord(String keyWord) {
    boolean found = peek().isWord(keyWord);
    if (found) {
      index++;
    }
    return found;
  }

  boolean acceptPunctuation(String character) {
    boolean found = peek().isPunctuation(character);
    if (found) {
      index++;
    }
    return found;
  }

  void expectWord(String keyWord) {
    if (!acceptWord(keyWord)) {
      throw new UnknownSyntaxException(peek());
    }
  }

  Token expectPunctuation(String character) {
    if (!peek().isPunctuation(character)) {
      throw new UnknownSyntaxException(peek());
    }
    return next();
  }

  Token expectIdentifier() {
    if (!peek().isIdentifier()) {
      throw new UnknownSyntaxException(peek());
    }
    return next();
  }
}
