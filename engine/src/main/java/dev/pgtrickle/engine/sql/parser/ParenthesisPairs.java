package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.sql.token.Token;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** Tells, without reading on, whether a parenthesis holds a query or an expression. */
final class ParenthesisPairs {
  private static final Set<String> BEGIN_QUERY = Set.of("SELECT", "WITH", "VALUES");

  /** What may follow a parenthesised query that is part of a larger query. */
  private static final Set<String> CONTINUE_QUERY =
      Set.of("UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR");

  private final boolean[] beginsQuery;

  ParenthesisPairs(List<Token> tokens) {
    int[] closing = closing(tokens);
    this.beginsQuery = new boolean[tokens.size()];
    // From the end, so that each parenthesis knows what it holds without looking through it.
    for (int index = tokens.size() - 1; index >= 0; index--) {
      Token token = tokens.get(index);
      beginsQuery[index] =
          token.isPunctuation("(")
              ? index + 1 < tokens.size()
                  && beginsQuery[index + 1]
                  && continues(tokens, closing[index])
              : BEGIN_QUERY.contains(token.upperCase());
    }
  }

  private static int[] closing(List<Token> tokens) {
    int[] closing = new int[tokens.size()];
    Arrays.fill(closing, tokens.size() - 1);
    Deque<Integer> open = new ArrayDeque<>();
    for (int index = 0; index < tokens.size(); index++) {
      Token token = tokens.get(index);
      if (token.isPunctuation("(")) {
        open.push(index);
      } else if (token.isPunctuation(")") && !open.isEmpty()) {
        closing[open.pop()] = index;
      }
    }
    return closing;
  }

  private static boolean continues(List<Token> tokens, int closing) {
    Token after = tokens.get(Math.min(closing + 1, tokens.size() - 1));
    return after.isPunctuation(")") || CONTINUE_QUERY.contains(after.upperCase());
  }

  /** Whether a query begins at the token: the first one inside of a parenthesis. */
  boolean queryAt(int index) {
    return beginsQuery[index];
  }
}
