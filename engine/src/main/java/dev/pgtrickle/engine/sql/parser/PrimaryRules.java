package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.engine.sql.tree.ColumnName;
import dev.pgtrickle.engine.sql.tree.Constant;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.Phrase;
import dev.pgtrickle.engine.sql.tree.WholeRow;
import java.util.ArrayList;
import java.util.List;

/** What stands between operators: names, constants, parentheses, and what follows them closely. */
final class PrimaryRules {
  private final Grammar grammar;
  private final TokenCursor cursor;

  PrimaryRules(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor();
  }

  Expression primary() {
    grammar.budget().node();
    Expression expression = bare();
    while (true) {
      Token token = cursor.peek();
      if (token.isPunctuation("::")) {
        expression = cast(expression);
      } else if (token.isPunctuation("[")) {
        expression = subscript(expression);
      } else if (token.isPunctuation(".")) {
        expression = field(expression);
      } else {
        return expression;
      }
      grammar.budget().node();
    }
  }

  private Expression bare() {
    Token first = cursor.peek();
    return switch (first.kind()) {
      case NUMBER, STRING -> new Constant(cursor.next().text(), first.offset());
      case IDENTIFIER -> named(first);
      case WORD -> word(first);
      case PUNCTUATION -> {
        if (!first.isPunctuation("(")) {
          throw new UnknownSyntaxException(first);
        }
        yield parentheses(first.offset());
      }
      case OPERATOR, END -> throw new UnknownSyntaxException(first);
    };
  }

  private Expression named(Token first) {
    List<Identifier> path = new ArrayList<>();
    path.add(cursor.next().identifier());
    while (cursor.peek().isPunctuation(".")) {
      Token after = cursor.peek(1);
      if (after.kind() == TokenKind.OPERATOR && after.text().equals("*")) {
        cursor.next();
        cursor.next();
        return new WholeRow(List.copyOf(path), first.offset());
      }
      cursor.next();
      path.add(cursor.expectIdentifier().identifier());
    }
    return cursor.peek().isPunctuation("(")
        ? grammar.calls().call(List.copyOf(path), first.offset())
        : new ColumnName(List.copyOf(path), first.offset());
  }

  private Expression word(Token first) {
    return switch (first.upperCase()) {
      case "NULL", "TRUE", "FALSE" -> new Constant(cursor.next().text(), first.offset());
      case "CASE" -> caseExpression(first.offset());
      case "EXISTS" -> queryAfterWord(Form.EXISTS, first.offset());
      case "ARRAY" ->
          cursor.peek(1).isPunctuation("(")
              ? queryAfterWord(Form.ARRAY_QUERY, first.offset())
              : array(first.offset());
      case "ROW" -> row(first.offset());
      default -> grammar.specials().special(first);
    };
  }

  private Expression row(int offset) {
    PartCollector parts = new PartCollector(cursor);
    parts.pass();
    parts.passPunctuation("(");
    list(parts, ")");
    return new Phrase(Form.ROW, "ROW", parts.parts(), offset);
  }

  private Expression queryAfterWord(Form form, int offset) {
    PartCollector parts = new PartCollector(cursor);
    parts.pass();
    parts.passPunctuation("(");
    parts.blank();
    parts.nested(grammar.queries().query());
    parts.passPunctuation(")");
    return new Phrase(form, "", parts.parts(), offset);
  }

  private Expression parentheses(int offset) {
    PartCollector parts = new PartCollector(cursor);
    if (grammar.queryFollowsAfter(1)) {
      parts.pass();
      parts.blank();
      parts.nested(grammar.queries().query());
      parts.passPunctuation(")");
      return new Phrase(Form.SCALAR_QUERY, "", parts.parts(), offset);
    }
    parts.pass();
    parts.blank();
    parts.operand(grammar.expressions().expression());
    if (!cursor.peek().isPunctuation(",")) {
      parts.passPunctuation(")");
      return new Phrase(Form.PARENTHESES, "", parts.parts(), offset);
    }
    parts.pass();
    list(parts, ")");
    return new Phrase(Form.ROW, "", parts.parts(), offset);
  }

  /** Expressions up to the closing sign, which is passed on too. */
  void list(PartCollector parts, String closing) {
    while (!cursor.peek().isPunctuation(closing)) {
      parts.blank();
      parts.operand(grammar.expressions().expression());
      if (!cursor.peek().isPunctuation(closing)) {
        parts.passPunctuation(",");
      }
    }
    parts.pass();
  }

  private Expression array(int offset) {
    PartCollector parts = new PartCollector(cursor);
    parts.pass();
    elements(parts);
    return new Phrase(Form.ARRAY, "", parts.parts(), offset);
  }

  private void elements(PartCollector parts) {
    parts.passPunctuation("[");
    while (!cursor.peek().isPunctuation("]")) {
      if (cursor.peek().isPunctuation("[")) {
        grammar.budget().enterExpression();
        elements(parts);
        grammar.budget().leaveExpression();
      } else {
        parts.blank();
        parts.operand(grammar.expressions().expression());
      }
      if (!cursor.peek().isPunctuation("]")) {
        parts.passPunctuation(",");
      }
    }
    parts.pass();
  }

  private Expression caseExpression(int offset) {
    PartCollector parts = new PartCollector(cursor);
    parts.pass();
    if (!cursor.peek().isWord("WHEN")) {
      value(parts);
    }
    while (cursor.peek().isWord("WHEN")) {
      parts.pass();
      value(parts);
      parts.passWord("THEN");
      value(parts);
    }
    if (cursor.peek().isWord("ELSE")) {
      parts.pass();
      value(parts);
    }
    parts.passWord("END");
    return new Phrase(Form.CASE, "", parts.parts(), offset);
  }

  private void value(PartCollector parts) {
    parts.blank();
    parts.operand(grammar.expressions().expression());
  }

  private Expression cast(Expression operand) {
    PartCollector parts = new PartCollector(cursor);
    parts.operand(operand);
    parts.pass();
    String type = grammar.types().type();
    parts.text(type);
    return new Phrase(Form.CAST, type, parts.parts(), operand.offset());
  }

  private Expression subscript(Expression operand) {
    PartCollector parts = new PartCollector(cursor);
    parts.operand(operand);
    parts.pass();
    while (!cursor.peek().isPunctuation("]")) {
      if (cursor.peek().isPunctuation(":")) {
        parts.pass();
      } else {
        value(parts);
      }
    }
    parts.pass();
    return new Phrase(Form.SUBSCRIPT, "", parts.parts(), operand.offset());
  }

  private Expression field(Expression operand) {
    PartCollector parts = new PartCollector(cursor);
    parts.operand(operand);
    parts.pass();
    Token name = cursor.expectIdentifier();
    parts.text(name.text());
    return new Phrase(Form.FIELD, name.identifier().name(), parts.parts(), operand.offset());
  }
}
