package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import java.util.Optional;

/**
 * What may stand between two operands, with how strongly it binds. Canonical text has parentheses
 * round nearly everything; the order decides only where it has none.
 */
enum InfixOperator {
  OR(1),
  AND(2),
  IS(4),
  COMPARISON(5),
  MEMBERSHIP(6),
  OVERLAPS(6),
  OTHER(7),
  SUM(8),
  PRODUCT(9),
  POWER(10),
  TIME_ZONE(11),
  COLLATION(12);

  static final int LOWEST = 0;
  static final int NEGATION = 3;
  static final int PREFIX = 7;
  static final int SIGN = 13;

  private final int strength;

  InfixOperator(int strength) {
    this.strength = strength;
  }

  int strength() {
    return strength;
  }

  static Optional<InfixOperator> next(TokenCursor cursor) {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case OPERATOR -> Optional.of(ofSymbol(token.text()));
      case WORD -> ofWord(token, cursor.peek(1));
      default -> Optional.empty();
    };
  }

  private static InfixOperator ofSymbol(String symbol) {
    return switch (symbol) {
      case "<", ">", "=", "<=", ">=", "<>", "!=" -> COMPARISON;
      case "+", "-" -> SUM;
      case "*", "/", "%" -> PRODUCT;
      case "^" -> POWER;
      default -> OTHER;
    };
  }

  private static Optional<InfixOperator> ofWord(Token token, Token after) {
    return switch (token.upperCase()) {
      case "OR" -> Optional.of(OR);
      case "AND" -> Optional.of(AND);
      case "IS" -> Optional.of(IS);
      case "IN" -> after.isPunctuation("(") ? Optional.of(MEMBERSHIP) : Optional.empty();
      case "OVERLAPS" -> Optional.of(OVERLAPS);
      case "OPERATOR" -> after.isPunctuation("(") ? Optional.of(OTHER) : Optional.empty();
      case "AT" ->
          after.kind() == TokenKind.WORD && (after.isWord("TIME") || after.isWord("LOCAL"))
              ? Optional.of(TIME_ZONE)
              : Optional.empty();
      case "COLLATE" -> Optional.of(COLLATION);
      default -> Optional.empty();
    };
  }
}
