package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TextPosition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the errors about one query. A place is named only where it is sure: when the words that
 * make the construct stand in the user's text exactly once.
 */
final class Refusals {
  private final String userText;
  private final List<Token> tokens;

  Refusals(String userText) {
    this.userText = userText;
    this.tokens = Lexer.tokens(userText);
  }

  /** A construct that is valid SQL but not maintained, with the key words that write it. */
  TrickleException unsupported(String what, String remedy, String... words) {
    return located(TrickleException.of(ErrorCode.UNSUPPORTED, what, remedy), words);
  }

  TrickleException volatileFunction(String name) {
    return located(
        TrickleException.of(
            ErrorCode.VOLATILE_FUNCTION,
            "function " + name + " is volatile: the query has no result that could be kept",
            "compute the value when the rows are written, or declare the function IMMUTABLE if it is"),
        lastPart(name));
  }

  private TrickleException located(TrickleException failure, String... words) {
    return find(words).map(position -> failure.at(position.toString())).orElse(failure);
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Where the words follow each other, when they do so exactly once. */
  Optional<TextPosition> find(String... words) {
    List<Token> found = new ArrayList<>();
    for (int start = 0; words.length > 0 && start + words.length < tokens.size(); start++) {
      if (matches(start, words)) {
        found.add(tokens.get(start));
      }
    }
    return found.size() == 1 ? Optional.of(position(found.getFirst())) : Optional.empty();
  }

  private boolean matches(int start, String... words) {
    for (int index = 0; index < words.length; index++) {
      if (!matches(tokens.get(start + index), words[index])) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(Token token, String word) {
    return switch (token.kind()) {
      case WORD -> token.text().equalsIgnoreCase(word);
      case IDENTIFIER -> token.text().equals(Identifier.of(word).quoted());
      default -> false;
    };
  }

  TextPosition position(Token token) {
    return TextPosition.ofOffset(userText, token.offset());
  }

  /** The position of PostgreSQL's own pointer, which counts characters, not Java chars. */
  TextPosition position(int characters) {
    int all = userText.codePointCount(0, userText.length());
    int offset = userText.offsetByCodePoints(0, Math.min(characters, all));
    return TextPosition.ofOffset(userText, offset);
  }
}
