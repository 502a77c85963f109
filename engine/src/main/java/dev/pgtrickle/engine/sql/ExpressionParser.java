package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.AggregateFunction;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one expression of the canonical text up to where it ends outside all parentheses. It knows
 * just enough to tell column references from the names of functions, types, collations, operators'
 * schemas, arguments and fields.
 */
final class ExpressionParser {
  private final TokenCursor cursor;
  private final List<Element> elements = new ArrayList<>();
  private int depth;
  private int openCases;

  private ExpressionParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  static Expression parse(TokenCursor cursor) {
    ExpressionParser parser = new ExpressionParser(cursor);
    while (!parser.atEnd()) {
      parser.element();
    }
    if (parser.elements.isEmpty()) {
      throw new UnknownSyntaxException(cursor.peek());
    }
    return new Expression(List.copyOf(parser.elements));
  }

  private boolean atEnd() {
    Token token = cursor.peek();
    if (token.kind() == TokenKind.END || token.isPunctuation(";")) {
      return true;
    }
    return depth == 0
        && (token.isPunctuation(",")
            || token.isPunctuation(")")
            || (openCases == 0 && ExpressionWords.beginsClause(token)));
  }

  private void element() {
    Token token = cursor.peek();
    switch (token.kind()) {
      case NUMBER, STRING, OPERATOR -> pass();
      case PUNCTUATION -> punctuation(token);
      case WORD -> word(token);
      case IDENTIFIER -> name(token);
      case END -> throw new UnknownSyntaxException(token);
    }
  }

  private void punctuation(Token token) {
    switch (token.text()) {
      case "(", "[" -> {
        depth++;
        pass();
      }
      case ")", "]" -> {
        depth--;
        pass();
        fieldAccess();
      }
      case ",", ":" -> pass();
      case "::" -> {
        pass();
        typeName();
      }
      default -> throw new UnknownSyntaxException(token);
    }
  }

  private void fieldAccess() {
    while (cursor.peek().isPunctuation(".")) {
      pass();
      passIdentifier();
    }
  }

  private void word(Token token) {
    switch (token.upperCase()) {
      case "EXTRACT" -> {
        pass();
        passPunctuation("(");
        depth++;
        pass();
      }
      case "COLLATE" -> {
        pass();
        qualifiedName();
      }
      case "OPERATOR" -> {
        pass();
        passPunctuation("(");
        passIdentifier();
        passPunctuation(".");
        pass();
        passPunctuation(")");
      }
      case "CASE" -> {
        openCases++;
        pass();
      }
      case "END" -> {
        openCases--;
        pass();
      }
      default -> {
        if (!ExpressionWords.mayStandInExpression(token)) {
          throw new UnknownSyntaxException(token);
        }
        pass();
      }
    }
  }

  private void name(Token first) {
    Token second = cursor.peek(1);
    if (second.isPunctuation("=>")) {
      pass();
      pass();
    } else if (second.isPunctuation("(")) {
      functionName(first);
    } else if (second.isPunctuation(".") && cursor.peek(3).isPunctuation("(")) {
      pass();
      pass();
      passIdentifier();
    } else {
      columnReference();
    }
  }

  private void functionName(Token first) {
    Optional<AggregateFunction> aggregate = aggregate(first.identifier());
    if (aggregate.isEmpty()) {
      pass();
      return;
    }
    cursor.next();
    cursor.expectPunctuation("(");
    Token token = cursor.peek();
    if (token.kind() == TokenKind.OPERATOR && token.text().equals("*")) {
      cursor.next();
      elements.add(
          new Element.AggregateReference(
              first.lead(), first.identifier(), AggregateFunction.COUNT_ROWS, Optional.empty()));
    } else {
      elements.add(
          new Element.AggregateReference(
              first.lead(),
              first.identifier(),
              aggregate.get(),
              Optional.of(ExpressionParser.parse(cursor))));
    }
    cursor.expectPunctuation(")");
  }

  /** Only built-in functions stand in the canonical text without their schema. */
  private static Optional<AggregateFunction> aggregate(Identifier name) {
    return switch (name.name()) {
      case "count" -> Optional.of(AggregateFunction.COUNT_VALUES);
      case "sum" -> Optional.of(AggregateFunction.SUM);
      default -> Optional.empty();
    };
  }

  private void columnReference() {
    Token first = cursor.next();
    if (!cursor.peek().isPunctuation(".")) {
      elements.add(
          new Element.ColumnReference(first.spaced(), Optional.empty(), first.identifier()));
      return;
    }
    cursor.next();
    Token second = cursor.expectIdentifier();
    elements.add(
        new Element.ColumnReference(
            first.spaced() + "." + second.text(),
            Optional.of(first.identifier()),
            second.identifier()));
  }

  private void typeName() {
    if (cursor.peek().isIdentifier()) {
      qualifiedName();
    } else if (!ExpressionWords.belongsToType(cursor.peek())) {
      throw new UnknownSyntaxException(cursor.peek());
    }
    while (true) {
      Token token = cursor.peek();
      if (ExpressionWords.belongsToType(token)) {
        pass();
      } else if (token.isPunctuation("(")) {
        typeModifier();
      } else if (token.isPunctuation("[") && cursor.peek(1).isPunctuation("]")) {
        pass();
        pass();
      } else {
        return;
      }
    }
  }

  private void typeModifier() {
    passPunctuation("(");
    while (!cursor.peek().isPunctuation(")")) {
      Token token = cursor.peek();
      boolean known =
          token.kind() == TokenKind.NUMBER
              || token.kind() == TokenKind.STRING
              || token.kind() == TokenKind.OPERATOR
              || token.isPunctuation(",");
      if (!known) {
        throw new UnknownSyntaxException(token);
      }
      pass();
    }
    passPunctuation(")");
  }

  private void qualifiedName() {
    passIdentifier();
    if (cursor.peek().isPunctuation(".")) {
      pass();
      passIdentifier();
    }
  }

  private void pass() {
    elements.add(new Element.Text(cursor.next()));
  }

  private void passPunctuation(String character) {
    elements.add(new Element.Text(cursor.expectPunctuation(character)));
  }

  private void passIdentifier() {
    elements.add(new Element.Text(cursor.expectIdentifier()));
  }
}
