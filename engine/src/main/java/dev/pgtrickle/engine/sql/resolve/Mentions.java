package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.algebra.SystemColumn;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenKind;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a text may need beside plain columns, known before it is resolved. Too much of it does no
 * harm: what is not used is pruned.
 *
 * @param wholeRows the aliases whose rows are used as values
 */
record Mentions(Set<Identifier> wholeRows, Set<SystemColumn> systemColumns) {

  static Mentions of(String canonicalText) {
    List<Token> tokens = Lexer.tokens(canonicalText);
    Set<Identifier> wholeRows = new HashSet<>();
    Set<SystemColumn> systemColumns = EnumSet.noneOf(SystemColumn.class);
    for (int index = 0; index < tokens.size(); index++) {
      Token token = tokens.get(index);
      if (token.isIdentifier()) {
        if (wholeRowAt(tokens, index)) {
          wholeRows.add(token.identifier());
        }
        SystemColumn.ofName(token.identifier()).ifPresent(systemColumns::add);
      }
    }
    return new Mentions(wholeRows, systemColumns);
  }

  private static boolean wholeRowAt(List<Token> tokens, int index) {
    return index + 2 < tokens.size()
        && tokens.get(index + 1).isPunctuation(".")
        && tokens.get(index + 2).kind() == TokenKind.OPERATOR
        && tokens.get(index + 2).text().equals("*");
  }
}
