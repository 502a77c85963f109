package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenKind;
import java.util.Set;

/**
 * The key words that may stand in an expression. Whatever is not among them is refused, because a
 * name after an unknown word need not be a column.
 */
final class ExpressionWords {
  private static final Set<String> EXPRESSION =
      Set.of(
          "AND",
          "OR",
          "NOT",
          "IS",
          "NULL",
          "TRUE",
          "FALSE",
          "UNKNOWN",
          "DISTINCT",
          "FROM",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "END",
          "ANY",
          "ALL",
          "ARRAY",
          "ROW",
          "COALESCE",
          "NULLIF",
          "GREATEST",
          "LEAST",
          "AT",
          "TIME",
          "ZONE",
          "SUBSTRING",
          "SIMILAR",
          "ESCAPE",
          "POSITION",
          "IN",
          "OVERLAY",
          "PLACING",
          "FOR",
          "TRIM",
          "BOTH",
          "LEADING",
          "TRAILING",
          "VARIADIC",
          "OVERLAPS",
          "NORMALIZE",
          "NORMALIZED",
          "NFC",
          "NFD",
          "NFKC",
          "NFKD");

  private static final Set<String> TYPE =
      Set.of(
          "BIGINT",
          "BIT",
          "BOOLEAN",
          "CHARACTER",
          "DAY",
          "DOUBLE",
          "HOUR",
          "INTEGER",
          "INTERVAL",
          "MINUTE",
          "MONTH",
          "NUMERIC",
          "PRECISION",
          "REAL",
          "SECOND",
          "SMALLINT",
          "TIME",
          "TIMESTAMP",
          "TO",
          "VARYING",
          "WITH",
          "WITHOUT",
          "YEAR",
          "ZONE");

  /** These end an expression that stands outside all parentheses. */
  private static final Set<String> CLAUSE =
      Set.of(
          "AS",
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

  private ExpressionWords() {}

  static boolean mayStandInExpression(Token token) {
    return EXPRESSION.contains(token.upperCase());
  }

  static boolean belongsToType(Token token) {
    return token.kind() == TokenKind.WORD && TYPE.contains(token.upperCase());
  }

  static boolean beginsClause(Token token) {
    return token.kind() == TokenKind.WORD && CLAUSE.contains(token.upperCase());
  }
}
