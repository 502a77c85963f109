package dev.pgtrickle.engine.sql.compile;

import dev.pgtrickle.engine.error.TextPosition;
import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the place in the user's text that a place in the canonical text stands for. It is sure only
 * where the same words follow each other exactly once in both; else there is no place, rather than
 * a wrong one.
 */
final class TokenAlignment {
  private static final int LONGEST_RUN = 5;

  private final String userText;
  private final List<Token> userTokens;
  private final List<Token> canonicalTokens;

  TokenAlignment(String userText, String canonicalText) {
    this.userText = userText;
    this.userTokens = Lexer.tokens(userText);
    this.canonicalTokens = Lexer.tokens(canonicalText);
  }

  Optional<TextPosition> find(int canonicalOffset) {
    int first = 0;
    while (first < canonicalTokens.size() - 1
        && canonicalTokens.get(first).offset() < canonicalOffset) {
      first++;
    }
    for (int length = 1; length <= LONGEST_RUN; length++) {
      if (first + length >= canonicalTokens.size()) {
        return Optional.empty();
      }
      List<Token> run = canonicalTokens.subList(first, first + length);
      if (count(run, canonicalTokens) == 1 && count(run, userTokens) == 1) {
        return Optional.of(
            TextPosition.ofOffset(userText, userTokens.get(firstPlace(run, userTokens)).offset()));
      }
    }
    return Optional.empty();
  }

  private static int count(List<Token> run, List<Token> tokens) {
    int found = 0;
    for (int start = 0; start + run.size() <= tokens.size(); start++) {
      found += matches(run, tokens, start) ? 1 : 0;
    }
    return found;
  }

  private static int firstPlace(List<Token> run, List<Token> tokens) {
    int start = 0;
    while (!matches(run, tokens, start)) {
      start++;
    }
    return start;
  }

  private static boolean matches(List<Token> run, List<Token> tokens, int start) {
    for (int index = 0; index < run.size(); index++) {
      if (!same(run.get(index), tokens.get(start + index))) {
        return false;
      }
    }
    return true;
  }

  /** A name may be quoted in one text and bare in the other. */
  private static boolean same(Token one, Token other) {
    return normal(one).equals(normal(other));
  }

  private static String normal(Token token) {
    return switch (token.kind()) {
      case WORD -> token.text().toLowerCase(Locale.ROOT);
      case IDENTIFIER ->
          token.text().startsWith("\"") && token.text().length() > 2
              ? token.identifier().name()
              : token.text();
      default -> token.kind() == TokenKind.END ? "" : token.text();
    };
  }
}
