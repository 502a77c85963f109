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

  private final List<Token> tokens;
  private final int[] closing;

  ParenthesisPairs(List<Token> tokens) {
    this.tokens = tokens;
    this.closing = new int[tokens.size()];
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
  }

  /** Whether a query begins at the token: the first one inside of a parenthesis. */
  boolean queryAt(int index) {
    int first = index;
    while (tokens.get(first).isPunctuation("(")) {
      first++;
    }
    if (!BEGIN_QUERY.contains(tokens.get(first).upperCase())) {
      return false;
    }
    for (int parenthesis = first - 1; parenthesis >= index; parenthesis--) {
      Token after = tokens.get(Math.min(closing[parenthesis] + 1, tokens.size() - 1));
      if (!after.isPunctuation(")") && !CONTINUE_QUERY.contains(after.upperCase())) {
        return false;
      }
    }
    return true;
  }
}
