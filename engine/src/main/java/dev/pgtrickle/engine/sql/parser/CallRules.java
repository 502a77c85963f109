package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.tree.Call;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.Part;
import dev.pgtrickle.engine.sql.tree.Quantifier;
import dev.pgtrickle.engine.sql.tree.SortItem;
import dev.pgtrickle.engine.sql.tree.WindowReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Calls of functions and aggregates. */
final class CallRules {
  private final Grammar grammar;
  private final TokenCursor cursor;

  CallRules(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor();
  }

  /** The call of a function whose name has just been read. */
  Call call(List<Identifier> path, int offset) {
    cursor.expectPunctuation("(");
    Quantifier quantifier = cursor.acceptWord("DISTINCT") ? Quantifier.DISTINCT : Quantifier.ALL;
    PartCollector arguments = new PartCollector(cursor);
    Token first = cursor.peek();
    if (first.kind() == TokenKind.OPERATOR
        && first.text().equals("*")
        && cursor.peek(1).isPunctuation(")")) {
      arguments.pass();
    } else if (!first.isPunctuation(")")) {
      arguments(arguments);
    }
    List<SortItem> order = grammar.expressions().optionalOrder();
    cursor.expectPunctuation(")");
    String function = path.stream().map(Identifier::quoted).collect(Collectors.joining("."));
    return tail(path, function, quantifier, arguments.parts(), order, offset);
  }

  /** What may follow the parentheses. */
  Call tail(
      List<Identifier> path,
      String function,
      Quantifier quantifier,
      List<Part> arguments,
      List<SortItem> order,
      int offset) {
    List<SortItem> group = List.of();
    if (cursor.acceptWords("WITHIN", "GROUP")) {
      cursor.expectPunctuation("(");
      group = grammar.expressions().optionalOrder();
      cursor.expectPunctuation(")");
    }
    Optional<Expression> filter = Optional.empty();
    if (cursor.acceptWord("FILTER")) {
      cursor.expectPunctuation("(");
      cursor.expectWord("WHERE");
      filter = Optional.of(grammar.expressions().expression());
      cursor.expectPunctuation(")");
    }
    Optional<WindowReference> over =
        cursor.acceptWord("OVER") ? Optional.of(grammar.windows().reference()) : Optional.empty();
    return new Call(path, function, quantifier, arguments, order, group, filter, over, offset);
  }

  private void arguments(PartCollector arguments) {
    while (true) {
      if (cursor.peek().isWord("VARIADIC")) {
        arguments.pass();
      }
      if (cursor.peek().isIdentifier() && cursor.peek(1).isPunctuation("=>")) {
        arguments.pass();
        arguments.pass();
      }
      arguments.blank();
      arguments.operand(grammar.expressions().expression());
      if (!cursor.peek().isPunctuation(",")) {
        return;
      }
      arguments.pass();
    }
  }
}
