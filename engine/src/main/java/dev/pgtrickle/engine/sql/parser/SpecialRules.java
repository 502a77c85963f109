package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.algebra.Form;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.Part;
import dev.pgtrickle.engine.sql.tree.Phrase;
import dev.pgtrickle.engine.sql.tree.Quantifier;
import java.util.List;

/**
 * Functions with a syntax of their own. Their words are passed on; only the expressions among them
 * are understood.
 */
final class SpecialRules {
  private final Grammar grammar;
  private final TokenCursor cursor;

  SpecialRules(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor();
  }

  /** An expression that begins with a key word. */
  Expression special(Token first) {
    String word = first.upperCase();
    boolean called = cursor.peek(1).isPunctuation("(");
    if (SpecialWords.isValue(word)) {
      PartCollector parts = new PartCollector(cursor);
      parts.pass();
      if (called) {
        parts.pass();
        if (cursor.peek().kind() == TokenKind.NUMBER) {
          parts.pass();
        }
        parts.passPunctuation(")");
      }
      return new Phrase(Form.VALUE_WORD, word, parts.parts(), first.offset());
    }
    if (word.equals("COLLATION") && cursor.peek(1).isWord("FOR")) {
      PartCollector parts = new PartCollector(cursor);
      parts.pass();
      parts.pass();
      parts.passPunctuation("(");
      content(word, parts);
      parts.passPunctuation(")");
      return new Phrase(Form.SPECIAL_FUNCTION, word, parts.parts(), first.offset());
    }
    if (SpecialWords.isAggregate(word) && called) {
      cursor.next();
      cursor.next();
      PartCollector arguments = new PartCollector(cursor);
      content(word, arguments);
      List<Part> parts = arguments.parts();
      cursor.expectPunctuation(")");
      return grammar
          .calls()
          .tail(List.of(), word, Quantifier.ALL, parts, List.of(), first.offset());
    }
    if (SpecialWords.isFunction(word) && called) {
      return new Phrase(Form.SPECIAL_FUNCTION, word, function(word), first.offset());
    }
    throw new UnknownSyntaxException(first);
  }

  /** The function with its parentheses, as XMLTABLE and JSON_TABLE stand in FROM. */
  List<Part> function(String word) {
    PartCollector parts = new PartCollector(cursor);
    parts.pass();
    parts.passPunctuation("(");
    content(word, parts);
    parts.passPunctuation(")");
    return parts.parts();
  }

  /** Everything up to the closing parenthesis. */
  private void content(String function, PartCollector parts) {
    if (function.equals("EXTRACT") && cursor.peek(1).isWord("FROM")) {
      parts.pass();
    }
    while (!cursor.peek().isPunctuation(")")) {
      Token token = cursor.peek();
      if (token.isPunctuation(",") || token.isPunctuation(":")) {
        parts.pass();
      } else if (token.kind() == TokenKind.WORD && !beginsExpression(token)) {
        word(function, token, parts);
      } else {
        parts.blank();
        int strength =
            function.equals("POSITION")
                ? InfixOperator.MEMBERSHIP.strength()
                : InfixOperator.LOWEST;
        parts.operand(grammar.expressions().expression(strength));
      }
    }
  }

  private void word(String function, Token token, PartCollector parts) {
    switch (token.upperCase()) {
      case "AS" -> {
        parts.pass();
        if (function.equals("XMLSERIALIZE")) {
          type(parts);
        } else {
          identifier(parts);
        }
      }
      case "NAME" -> {
        parts.pass();
        identifier(parts);
      }
      case "RETURNING" -> {
        parts.pass();
        type(parts);
      }
      case "ORDER" -> {
        parts.pass();
        parts.passWord("BY");
        order(parts);
      }
      case "XMLATTRIBUTES", "XMLNAMESPACES" -> {
        parts.pass();
        parts.passPunctuation("(");
        content(token.upperCase(), parts);
        parts.passPunctuation(")");
      }
      case "COLUMNS" -> columns(parts);
      default -> {
        if (!SpecialWords.isNoise(token.upperCase())) {
          throw new UnknownSyntaxException(token);
        }
        parts.pass();
      }
    }
  }

  private void order(PartCollector parts) {
    while (true) {
      parts.blank();
      parts.operand(grammar.expressions().expression());
      while (SpecialWords.isDirection(cursor.peek().upperCase())) {
        parts.pass();
      }
      if (!cursor.peek().isPunctuation(",")) {
        return;
      }
      parts.pass();
    }
  }

  /** Column definitions: names, types and words, with expressions after PATH and DEFAULT. */
  private void columns(PartCollector parts) {
    parts.pass();
    int depth = 0;
    while (depth > 0 || !cursor.peek().isPunctuation(")")) {
      Token token = cursor.peek();
      if (token.kind() == TokenKind.END) {
        throw new UnknownSyntaxException(token);
      }
      if (token.isPunctuation("(")) {
        depth++;
      } else if (token.isPunctuation(")")) {
        depth--;
      }
      parts.pass();
      if (token.isWord("PATH") || token.isWord("DEFAULT")) {
        parts.blank();
        parts.operand(grammar.expressions().expression());
      }
    }
  }

  private void type(PartCollector parts) {
    parts.blank();
    parts.text(grammar.types().type());
  }

  private void identifier(PartCollector parts) {
    if (!cursor.peek().isIdentifier()) {
      throw new UnknownSyntaxException(cursor.peek());
    }
    parts.pass();
  }

  private boolean beginsExpression(Token token) {
    Token after = cursor.peek(1);
    return switch (token.upperCase()) {
      case "NULL", "TRUE", "FALSE" -> !after.isWord("ON");
      case "ARRAY" -> after.isPunctuation("[") || after.isPunctuation("(");
      case "CASE", "NOT", "EXISTS" -> true;
      case "ROW" -> after.isPunctuation("(");
      default -> {
        String word = token.upperCase();
        yield SpecialWords.isValue(word)
            || (after.isPunctuation("(")
                && (SpecialWords.isFunction(word) || SpecialWords.isAggregate(word)))
            || (word.equals("COLLATION") && after.isWord("FOR"));
      }
    };
  }
}
