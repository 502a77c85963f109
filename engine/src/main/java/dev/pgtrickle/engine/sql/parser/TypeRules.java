package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import java.util.Set;

/** Names of types: kept as text. */
final class TypeRules {
  private static final Set<String> ONE_WORD =
      Set.of("BIGINT", "BOOLEAN", "INTEGER", "NUMERIC", "REAL", "SMALLINT", "JSON");
  private static final Set<String> FIELDS =
      Set.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO");

  private final TokenCursor cursor;

  TypeRules(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** The text of a type, without the blank before it. */
  String type() {
    StringBuilder sql = new StringBuilder();
    Token first = cursor.peek();
    if (first.isIdentifier()) {
      sql.append(cursor.next().text());
      while (cursor.acceptPunctuation(".")) {
        sql.append('.').append(cursor.expectIdentifier().text());
      }
      modifier(sql);
    } else if (first.kind() == TokenKind.WORD) {
      sql.append(cursor.next().text());
      keyWord(first, sql);
    } else {
      throw new UnknownSyntaxException(first);
    }
    while (cursor.peek().isPunctuation("[") && cursor.peek(1).isPunctuation("]")) {
      cursor.next();
      cursor.next();
      sql.append("[]");
    }
    return sql.toString();
  }

  private void keyWord(Token first, StringBuilder sql) {
    switch (first.upperCase()) {
      case "DOUBLE" -> word("PRECISION", sql);
      case "CHARACTER", "BIT" -> {
        if (cursor.peek().isWord("VARYING")) {
          word("VARYING", sql);
        }
        modifier(sql);
      }
      case "TIME", "TIMESTAMP" -> {
        modifier(sql);
        if (cursor.peek(1).isWord("TIME")
            && (cursor.peek().isWord("WITH") || cursor.peek().isWord("WITHOUT"))) {
          sql.append(cursor.next().spaced());
          word("TIME", sql);
          word("ZONE", sql);
        }
      }
      case "INTERVAL" -> {
        while (FIELDS.contains(cursor.peek().upperCase())) {
          sql.append(cursor.next().spaced());
        }
        modifier(sql);
      }
      default -> {
        if (!ONE_WORD.contains(first.upperCase())) {
          throw new UnknownSyntaxException(first);
        }
        modifier(sql);
      }
    }
  }

  private void word(String keyWord, StringBuilder sql) {
    Token token = cursor.peek();
    cursor.expectWord(keyWord);
    sql.append(token.spaced());
  }

  private void modifier(StringBuilder sql) {
    if (!cursor.peek().isPunctuation("(")) {
      return;
    }
    sql.append(cursor.next().text());
    while (!cursor.peek().isPunctuation(")")) {
      Token token = cursor.peek();
      boolean known =
          token.kind() == TokenKind.NUMBER
              || token.kind() == TokenKind.STRING
              || token.kind() == TokenKind.OPERATOR
              || token.isIdentifier()
              || token.isPunctuation(",");
      if (!known) {
        throw new UnknownSyntaxException(token);
      }
      sql.append(cursor.next().spaced());
    }
    sql.append(cursor.next().text());
  }
}
