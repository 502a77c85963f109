package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.NamedWindow;
import dev.pgtrickle.engine.sql.tree.Part;
import dev.pgtrickle.engine.sql.tree.SortItem;
import dev.pgtrickle.engine.sql.tree.WindowReference;
import dev.pgtrickle.engine.sql.tree.WindowSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Windows, with and without a name. */
final class WindowRules {
  private static final Set<String> BEGIN_FRAME = Set.of("ROWS", "RANGE", "GROUPS");
  private static final Set<String> FRAME =
      Set.of(
          "ROWS",
          "RANGE",
          "GROUPS",
          "BETWEEN",
          "AND",
          "UNBOUNDED",
          "PRECEDING",
          "FOLLOWING",
          "CURRENT",
          "ROW",
          "EXCLUDE",
          "GROUP",
          "TIES",
          "NO",
          "OTHERS");

  private final Grammar grammar;
  private final TokenCursor cursor;

  WindowRules(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor();
  }

  WindowReference reference() {
    return cursor.peek().isIdentifier()
        ? new WindowReference.Named(cursor.next().identifier())
        : new WindowReference.Inline(specification());
  }

  List<NamedWindow> named() {
    List<NamedWindow> windows = new ArrayList<>();
    do {
      Identifier name = cursor.expectIdentifier().identifier();
      cursor.expectWord("AS");
      windows.add(new NamedWindow(name, specification()));
    } while (cursor.acceptPunctuation(","));
    return List.copyOf(windows);
  }

  private WindowSpecification specification() {
    cursor.expectPunctuation("(");
    Optional<Identifier> base =
        cursor.peek().isIdentifier() ? Optional.of(cursor.next().identifier()) : Optional.empty();
    List<Expression> partition =
        cursor.acceptWords("PARTITION", "BY") ? grammar.expressions().expressions() : List.of();
    List<SortItem> order = grammar.expressions().optionalOrder();
    List<Part> frame = BEGIN_FRAME.contains(cursor.peek().upperCase()) ? frame() : List.of();
    cursor.expectPunctuation(")");
    return new WindowSpecification(base, partition, order, frame);
  }

  private List<Part> frame() {
    PartCollector parts = new PartCollector(cursor);
    while (!cursor.peek().isPunctuation(")")) {
      Token token = cursor.peek();
      if (token.kind() == TokenKind.WORD && FRAME.contains(token.upperCase())) {
        parts.pass();
      } else if (token.kind() == TokenKind.END) {
        throw new UnknownSyntaxException(token);
      } else {
        parts.blank();
        parts.operand(grammar.expressions().expression(InfixOperator.AND.strength()));
      }
    }
    return parts.parts();
  }
}
