package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.Phrase;
import dev.pgtrickle.engine.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators and the order in which they bind. */
final class ExpressionRules {
  private final Grammar grammar;
  private final TokenCursor cursor;

  ExpressionRules(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor();
  }

  Expression expression() {
    grammar.budget().enterExpression();
    Expression expression = expression(InfixOperator.LOWEST);
    grammar.budget().leaveExpression();
    return expression;
  }

  /** An expression whose operators bind more strongly than {@code strength}. */
  Expression expression(int strength) {
    Expression left = operand();
    while (true) {
      Optional<InfixOperator> operator = InfixOperator.next(cursor);
      if (operator.isEmpty() || operator.get().strength() <= strength) {
        return left;
      }
      grammar.budget().node();
      left = infix(left, operator.get());
    }
  }

  List<Expression> expressions() {
    List<Expression> found = new ArrayList<>();
    do {
      found.add(expression());
    } while (cursor.acceptPunctuation(","));
    return List.copyOf(found);
  }

  List<SortItem> sortItems() {
    List<SortItem> items = new ArrayList<>();
    do {
      items.add(new SortItem(expression(), direction()));
    } while (cursor.acceptPunctuation(","));
    return List.copyOf(items);
  }

  /** ORDER BY with its keys, where it stands. */
  List<SortItem> optionalOrder() {
    return cursor.acceptWords("ORDER", "BY") ? sortItems() : List.of();
  }

  private String direction() {
    StringBuilder words = new StringBuilder();
    if (cursor.peek().isWord("ASC") || cursor.peek().isWord("DESC")) {
      words.append(' ').append(cursor.next().text());
    } else if (cursor.acceptWord("USING")) {
      words.append(" USING ").append(operatorName());
    }
    if (cursor.acceptWord("NULLS")) {
      Token place = cursor.next();
      if (!place.isWord("FIRST") && !place.isWord("LAST")) {
        throw new UnknownSyntaxException(place);
      }
      words.append(" NULLS ").append(place.text());
    }
    return words.toString();
  }

  private Expression operand() {
    Token first = cursor.peek();
    if (first.isWord("NOT")) {
      return prefixed(Form.NOT, InfixOperator.NEGATION);
    }
    boolean symbol = first.kind() == TokenKind.OPERATOR;
    if (symbol || (first.isWord("OPERATOR") && cursor.peek(1).isPunctuation("("))) {
      boolean sign = first.text().equals("-") || first.text().equals("+");
      return prefixed(Form.PREFIX, sign ? InfixOperator.SIGN : InfixOperator.PREFIX);
    }
    return grammar.primaries().primary();
  }

  private Expression prefixed(Form form, int strength) {
    int offset = cursor.peek().offset();
    PartCollector parts = new PartCollector(cursor);
    String operator = form == Form.NOT ? parts.pass().text() : operatorName();
    if (form != Form.NOT) {
      parts.text(operator);
    }
    parts.blank();
    grammar.budget().enterExpression();
    parts.operand(expression(strength));
    grammar.budget().leaveExpression();
    return new Phrase(form, operator, parts.parts(), offset);
  }

  private Expression infix(Expression left, InfixOperator operator) {
    PartCollector parts = new PartCollector(cursor);
    parts.operand(left);
    int offset = left.offset();
    return switch (operator) {
      case OR -> chain("OR", Form.OR, operator, parts, offset);
      case AND -> chain("AND", Form.AND, operator, parts, offset);
      case IS -> test(parts, offset);
      case MEMBERSHIP -> membership(parts, offset);
      case TIME_ZONE -> timeZone(parts, offset);
      case COLLATION -> {
        parts.pass();
        parts.blank();
        String name = qualifiedName();
        parts.text(name);
        yield new Phrase(Form.COLLATE, name, parts.parts(), offset);
      }
      case OVERLAPS -> {
        String word = parts.pass().text();
        parts.blank();
        parts.operand(expression(operator.strength()));
        yield new Phrase(Form.INFIX, word, parts.parts(), offset);
      }
      case COMPARISON, OTHER, SUM, PRODUCT, POWER -> symbol(operator, parts, offset);
    };
  }

  private Expression chain(
      String word, Form form, InfixOperator operator, PartCollector parts, int offset) {
    while (cursor.peek().isWord(word)) {
      parts.pass();
      parts.blank();
      parts.operand(expression(operator.strength()));
      grammar.budget().node();
    }
    return new Phrase(form, word, parts.parts(), offset);
  }

  private Expression symbol(InfixOperator operator, PartCollector parts, int offset) {
    parts.blank();
    String symbol = operatorName();
    parts.text(symbol);
    if (cursor.peek().isWord("ANY") || cursor.peek().isWord("ALL")) {
      String quantifier = parts.pass().upperCase();
      parts.passPunctuation("(");
      Form form = grammar.queryFollows() ? Form.QUANTIFIED_QUERY : Form.QUANTIFIED_ARRAY;
      parts.blank();
      queryOrExpression(form == Form.QUANTIFIED_QUERY ? Content.QUERY : Content.VALUE, parts);
      parts.passPunctuation(")");
      return new Phrase(form, symbol + " " + quantifier, parts.parts(), offset);
    }
    parts.blank();
    parts.operand(expression(operator.strength()));
    return new Phrase(Form.INFIX, symbol, parts.parts(), offset);
  }

  private enum Content {
    QUERY,
    VALUE
  }

  private void queryOrExpression(Content content, PartCollector parts) {
    switch (content) {
      case QUERY -> parts.nested(grammar.queries().query());
      case VALUE -> parts.operand(expression());
    }
  }

  private Expression test(PartCollector parts, int offset) {
    parts.pass();
    if (cursor.peek().isWord("DISTINCT")
        || (cursor.peek().isWord("NOT") && cursor.peek(1).isWord("DISTINCT"))) {
      String operator = "IS DISTINCT FROM";
      if (cursor.peek().isWord("NOT")) {
        parts.pass();
        operator = "IS NOT DISTINCT FROM";
      }
      parts.pass();
      parts.passWord("FROM");
      parts.blank();
      parts.operand(expression(InfixOperator.IS.strength()));
      return new Phrase(Form.DISTINCT_FROM, operator, parts.parts(), offset);
    }
    StringBuilder words = new StringBuilder("IS");
    while (cursor.peek().kind() == TokenKind.WORD
        && SpecialWords.isTest(cursor.peek().upperCase())) {
      words.append(' ').append(parts.pass().upperCase());
    }
    if (words.length() == 2) {
      throw new UnknownSyntaxException(cursor.peek());
    }
    return new Phrase(Form.TEST, words.toString(), parts.parts(), offset);
  }

  private Expression membership(PartCollector parts, int offset) {
    parts.pass();
    parts.passPunctuation("(");
    if (grammar.queryFollows()) {
      parts.blank();
      parts.nested(grammar.queries().query());
      parts.passPunctuation(")");
      return new Phrase(Form.IN_QUERY, "IN", parts.parts(), offset);
    }
    do {
      parts.blank();
      parts.operand(expression());
      if (!cursor.peek().isPunctuation(",")) {
        break;
      }
      parts.pass();
    } while (true);
    parts.passPunctuation(")");
    return new Phrase(Form.IN_LIST, "IN", parts.parts(), offset);
  }

  private Expression timeZone(PartCollector parts, int offset) {
    parts.pass();
    if (parts.pass().isWord("LOCAL")) {
      return new Phrase(Form.TIME_ZONE, "AT LOCAL", parts.parts(), offset);
    }
    parts.passWord("ZONE");
    parts.blank();
    parts.operand(expression(InfixOperator.TIME_ZONE.strength()));
    return new Phrase(Form.TIME_ZONE, "AT TIME ZONE", parts.parts(), offset);
  }

  /** A symbol, or OPERATOR(schema.symbol). */
  private String operatorName() {
    Token token = cursor.next();
    if (token.kind() == TokenKind.OPERATOR) {
      return token.text();
    }
    if (!token.isWord("OPERATOR")) {
      throw new UnknownSyntaxException(token);
    }
    StringBuilder name = new StringBuilder("OPERATOR(");
    cursor.expectPunctuation("(");
    name.append(cursor.expectIdentifier().text());
    cursor.expectPunctuation(".");
    Token symbol = cursor.next();
    if (symbol.kind() != TokenKind.OPERATOR) {
      throw new UnknownSyntaxException(symbol);
    }
    name.append('.').append(symbol.text());
    cursor.expectPunctuation(")");
    return name.append(')').toString();
  }

  private String qualifiedName() {
    StringBuilder name = new StringBuilder(cursor.expectIdentifier().text());
    while (cursor.acceptPunctuation(".")) {
      name.append('.').append(cursor.expectIdentifier().text());
    }
    return name.toString();
  }
}
