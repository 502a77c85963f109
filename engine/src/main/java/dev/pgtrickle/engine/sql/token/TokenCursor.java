package dev.pgtrickle.engine.sql.token;

import java.util.List;

/** A place among tokens. Whatever it does not find it refuses: unknown syntax fails closed. */
public final class TokenCursor {
  private final List<Token> tokens;
  private int index;

  public TokenCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  public Token peek() {
    return peek(0);
  }

  public Token peek(int distance) {
    return tokens.get(Math.min(index + distance, tokens.size() - 1));
  }

  /** How many tokens were read. */
  public int index() {
    return index;
  }

  public Token next() {
    Token token = peek();
    if (token.kind() != TokenKind.END) {
      index++;
    }
    return token;
  }

  public boolean acceptWord(String keyWord) {
    boolean found = peek().isWord(keyWord);
    if (found) {
      index++;
    }
    return found;
  }

  /** Reads the words when all of them follow each other here, else nothing. */
  public boolean acceptWords(String... keyWords) {
    for (int distance = 0; distance < keyWords.length; distance++) {
      if (!peek(distance).isWord(keyWords[distance])) {
        return false;
      }
    }
    index += keyWords.length;
    return true;
  }

  public boolean acceptPunctuation(String character) {
    boolean found = peek().isPunctuation(character);
    if (found) {
      index++;
    }
    return found;
  }

  public void expectWord(String keyWord) {
    if (!acceptWord(keyWord)) {
      throw new UnknownSyntaxException(peek());
    }
  }

  public Token expectPunctuation(String character) {
    if (!peek().isPunctuation(character)) {
      throw new UnknownSyntaxException(peek());
    }
    return next();
  }

  public Token expectIdentifier() {
    if (!peek().isIdentifier()) {
      throw new UnknownSyntaxException(peek());
    }
    return next();
  }
}
