package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.FromItem;
import dev.pgtrickle.engine.sql.tree.GroupClause;
import dev.pgtrickle.engine.sql.tree.NamedWindow;
import dev.pgtrickle.engine.sql.tree.Quantifier;
import dev.pgtrickle.engine.sql.tree.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A SELECT block. */
final class SelectRules {
  private static final Set<String> AFTER_ITEMS =
      Set.of(
          "FROM",
          "WHERE",
          "GROUP",
          "HAVING",
          "WINDOW",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "FOR");

  private final Grammar grammar;
  private final TokenCursor cursor;

  SelectRules(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor();
  }

  Select select() {
    int offset = cursor.peek().offset();
    cursor.expectWord("SELECT");
    Quantifier quantifier = cursor.acceptWord("DISTINCT") ? Quantifier.DISTINCT : Quantifier.ALL;
    List<Expression> distinctOn = List.of();
    if (quantifier == Quantifier.DISTINCT && cursor.acceptWord("ON")) {
      cursor.expectPunctuation("(");
      distinctOn = grammar.expressions().expressions();
      cursor.expectPunctuation(")");
    }
    List<Select.SelectItem> items = itemsFollow() ? items() : List.of();
    List<FromItem> from = new ArrayList<>();
    if (cursor.acceptWord("FROM")) {
      do {
        from.add(grammar.from().item());
      } while (cursor.acceptPunctuation(","));
    }
    Optional<Expression> where = optional("WHERE");
    Optional<GroupClause> group =
        cursor.acceptWords("GROUP", "BY") ? Optional.of(groupClause()) : Optional.empty();
    Optional<Expression> having = optional("HAVING");
    List<NamedWindow> windows = cursor.acceptWord("WINDOW") ? grammar.windows().named() : List.of();
    return new Select(
        quantifier, distinctOn, items, List.copyOf(from), where, group, having, windows, offset);
  }

  private Optional<Expression> optional(String keyWord) {
    return cursor.acceptWord(keyWord)
        ? Optional.of(grammar.expressions().expression())
        : Optional.empty();
  }

  private boolean itemsFollow() {
    Token token = cursor.peek();
    return token.kind() != TokenKind.END
        && !token.isPunctuation(")")
        && !token.isPunctuation(";")
        && !(token.kind() == TokenKind.WORD && AFTER_ITEMS.contains(token.upperCase()));
  }

  private List<Select.SelectItem> items() {
    List<Select.SelectItem> items = new ArrayList<>();
    do {
      Expression expression = grammar.expressions().expression();
      Optional<Identifier> alias =
          cursor.acceptWord("AS")
              ? Optional.of(cursor.expectIdentifier().identifier())
              : Optional.empty();
      items.add(new Select.SelectItem(expression, alias));
    } while (cursor.acceptPunctuation(","));
    return List.copyOf(items);
  }

  private GroupClause groupClause() {
    Quantifier quantifier = cursor.acceptWord("DISTINCT") ? Quantifier.DISTINCT : Quantifier.ALL;
    return new GroupClause(quantifier, elements());
  }

  private List<GroupClause.Element> elements() {
    List<GroupClause.Element> elements = new ArrayList<>();
    do {
      elements.add(element());
    } while (cursor.acceptPunctuation(","));
    return List.copyOf(elements);
  }

  private GroupClause.Element element() {
    if (cursor.acceptWords("GROUPING", "SETS")) {
      return sets(GroupClause.Kind.GROUPING_SETS);
    }
    if (cursor.peek(1).isPunctuation("(")) {
      if (cursor.acceptWord("ROLLUP")) {
        return sets(GroupClause.Kind.ROLLUP);
      }
      if (cursor.acceptWord("CUBE")) {
        return sets(GroupClause.Kind.CUBE);
      }
    }
    if (cursor.peek().isPunctuation("(") && cursor.peek(1).isPunctuation(")")) {
      cursor.next();
      cursor.next();
      return new GroupClause.Element.KeyList(List.of());
    }
    Expression expression = grammar.expressions().expression();
    return new GroupClause.Element.Key(expression);
  }

  private GroupClause.Element sets(GroupClause.Kind kind) {
    cursor.expectPunctuation("(");
    List<GroupClause.Element> elements = elements();
    cursor.expectPunctuation(")");
    return new GroupClause.Element.Sets(kind, elements);
  }
}
