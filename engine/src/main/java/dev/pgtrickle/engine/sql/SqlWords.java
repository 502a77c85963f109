package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenKind;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes words of SQL without touching what stands in quotes or comments. */
public final class SqlWords {

  private SqlWords() {}

  /** The text with every literal empty, for checks that look for words of ours. */
  public static String withoutLiterals(String sql) {
    StringBuilder text = new StringBuilder(sql);
    for (Token token : Lexer.tokens(sql).reversed()) {
      if (token.kind() == TokenKind.STRING) {
        text.replace(token.offset(), token.offset() + token.text().length(), "''");
      }
    }
    return text.toString();
  }

  /** The text with every operator replaced; nothing else changes. */
  public static String mapOperators(String sql, UnaryOperator<String> mapping) {
    StringBuilder text = new StringBuilder(sql);
    List<Token> tokens = Lexer.tokens(sql);
    for (Token token : tokens.reversed()) {
      if (token.kind() == TokenKind.OPERATOR) {
        int end = token.offset() + token.text().length();
        text.replace(token.offset(), end, mapping.apply(token.text()));
      }
    }
    return text.toString();
  }
}
