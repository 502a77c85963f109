package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TextPosition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.compile.Excerpt;
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
            "compute the value when the rows are written, or declare the function IMMUTABLE if it is;"
                + " with refresh.mode: Full it is accepted, and the table cannot be verified"),
        lastPart(name));
  }

  /** A use of the clock that makes rows change by themselves. */
  TrickleException clock(String name) {
    return located(
        TrickleException.of(
            ErrorCode.VOLATILE_FUNCTION,
            name
                + " reads the clock, and not only in a comparison of WHERE: rows would change by"
                + " themselves",
            "compare a column with now() in WHERE, or store the value in a column; with"
                + " refresh.mode: Full it is accepted, and the table cannot be verified"),
        lastPart(name));
  }

  /** An obstacle of somebody who insists on differential refreshes. */
  TrickleException obstacle(Obstacle obstacle) {
    TrickleException refused =
        TrickleException.of(
            ErrorCode.UNSUPPORTED,
            obstacle.what() + " is not maintained incrementally by this version",
            obstacle.remedy() + "; or set refresh.mode: Auto, for full refreshes");
    return atFirst(refused, obstacle.words().toArray(String[]::new));
  }

  /** The place is that of the first word that stands in the text exactly once. */
  TrickleException atFirst(TrickleException failure, String... words) {
    for (String word : words) {
      Optional<TextPosition> position = find(word);
      if (position.isPresent()) {
        return placed(failure, position.get());
      }
    }
    return failure;
  }

  private TrickleException located(TrickleException failure, String... words) {
    return find(words).map(position -> placed(failure, position)).orElse(failure);
  }

  /** The error at a place of the user's text, which is shown. */
  TrickleException placed(TrickleException failure, TextPosition position) {
    return failure.at(position.toString()).showing(Excerpt.of(userText, position));
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
