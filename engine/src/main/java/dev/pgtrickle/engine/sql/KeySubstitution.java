package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.sql.token.TokenKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the group keys inside an expression, as PostgreSQL does: whatever is the same expression as
 * a key is that key. Longer keys are tried first.
 */
final class KeySubstitution {
  private final List<List<BoundElement>> keys;
  private final List<Integer> longestFirst;

  KeySubstitution(List<List<BoundElement>> keys) {
    this.keys = keys.stream().map(KeySubstitution::withoutExtraParentheses).toList();
    this.longestFirst =
        IntStream.range(0, keys.size())
            .boxed()
            .sorted(Comparator.comparingInt(index -> -this.keys.get(index).size()))
            .toList();
  }

  List<BoundElement> apply(List<BoundElement> expression) {
    List<BoundElement> result = new ArrayList<>();
    int index = 0;
    while (index < expression.size()) {
      int key = keyAt(expression, index);
      if (key < 0) {
        result.add(expression.get(index));
        index++;
      } else {
        result.add(new BoundElement.Key(lead(expression.get(index)), key));
        index += keys.get(key).size();
      }
    }
    return result;
  }

  private int keyAt(List<BoundElement> expression, int start) {
    if (start > 0 && isPunctuation(expression.get(start - 1), ".")) {
      return -1;
    }
    for (int key : longestFirst) {
      List<BoundElement> wanted = keys.get(key);
      int end = start + wanted.size();
      if (end <= expression.size()
          && BoundElement.sameAll(wanted, expression.subList(start, end))) {
        return key;
      }
    }
    return -1;
  }

  /**
   * GROUP BY prints a function call in parentheses that the SELECT list lacks; those of an operator
   * belong to it and stand in both places.
   */
  private static List<BoundElement> withoutExtraParentheses(List<BoundElement> key) {
    boolean wrapped =
        key.size() > 2 && isPunctuation(key.getFirst(), "(") && closing(key) == key.size() - 1;
    if (!wrapped) {
      return key;
    }
    List<BoundElement> inner = key.subList(1, key.size() - 1);
    return standsAlone(inner) ? inner : key;
  }

  /** The index of the parenthesis that closes the first one. */
  private static int closing(List<BoundElement> elements) {
    int depth = 0;
    for (int index = 0; index < elements.size(); index++) {
      if (isPunctuation(elements.get(index), "(")) {
        depth++;
      } else if (isPunctuation(elements.get(index), ")")) {
        depth--;
        if (depth == 0) {
          return index;
        }
      }
    }
    return -1;
  }

  /** A function call: a name or key word, and then everything else inside its parentheses. */
  private static boolean standsAlone(List<BoundElement> elements) {
    int open = 0;
    while (open < elements.size()
        && elements.get(open) instanceof BoundElement.Word word
        && (word.token().kind() == TokenKind.IDENTIFIER
            || word.token().kind() == TokenKind.WORD
            || word.token().isPunctuation("."))) {
      open++;
    }
    boolean call = open > 0 && open < elements.size() && isPunctuation(elements.get(open), "(");
    return call && closing(elements.subList(open, elements.size())) == elements.size() - open - 1;
  }

  private static boolean isPunctuation(BoundElement element, String character) {
    return element instanceof BoundElement.Word word && word.token().isPunctuation(character);
  }

  private static String lead(BoundElement element) {
    return switch (element) {
      case BoundElement.Word word -> word.token().lead();
      case BoundElement.Column column -> column.lead();
      case BoundElement.Key key -> key.lead();
      case BoundElement.Call call -> call.lead();
    };
  }
}
