package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the canonical text of a query: what pg_get_viewdef prints with every identifier quoted and
 * search_path = pg_catalog.
 */
final class QueryParser {
  private final TokenCursor cursor;

  private QueryParser(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** The query, or an {@link UnknownSyntaxException} at the first word that is not supported. */
  static ParsedQuery parse(String canonicalText) {
    QueryParser parser = new QueryParser(new TokenCursor(Lexer.tokens(canonicalText)));
    ParsedQuery query = parser.query();
    parser.cursor.acceptPunctuation(";");
    if (parser.cursor.peek().kind() != TokenKind.END) {
      throw new UnknownSyntaxException(parser.cursor.peek());
    }
    return query;
  }

  private ParsedQuery query() {
    cursor.expectWord("SELECT");
    List<ParsedQuery.SelectItem> items = new ArrayList<>();
    do {
      items.add(item());
    } while (cursor.acceptPunctuation(","));
    cursor.expectWord("FROM");
    ParsedQuery.SourceTable source = source();
    Optional<Expression> where =
        cursor.acceptWord("WHERE") ? Optional.of(ExpressionParser.parse(cursor)) : Optional.empty();
    return new ParsedQuery(List.copyOf(items), source, where, keys());
  }

  private ParsedQuery.SelectItem item() {
    Expression expression = ExpressionParser.parse(cursor);
    Optional<Identifier> alias =
        cursor.acceptWord("AS")
            ? Optional.of(cursor.expectIdentifier().identifier())
            : Optional.empty();
    return new ParsedQuery.SelectItem(expression, alias);
  }

  private ParsedQuery.SourceTable source() {
    Identifier schema = cursor.expectIdentifier().identifier();
    cursor.expectPunctuation(".");
    Identifier name = cursor.expectIdentifier().identifier();
    Optional<Identifier> alias =
        cursor.peek().isIdentifier() ? Optional.of(cursor.next().identifier()) : Optional.empty();
    List<Identifier> columnAliases = new ArrayList<>();
    if (cursor.acceptPunctuation("(")) {
      do {
        columnAliases.add(cursor.expectIdentifier().identifier());
      } while (cursor.acceptPunctuation(","));
      cursor.expectPunctuation(")");
    }
    return new ParsedQuery.SourceTable(
        new QualifiedName(schema, name), alias, List.copyOf(columnAliases));
  }

  private List<Expression> keys() {
    List<Expression> keys = new ArrayList<>();
    if (cursor.acceptWord("GROUP")) {
      cursor.expectWord("BY");
      do {
        keys.add(ExpressionParser.parse(cursor));
      } while (cursor.acceptPunctuation(","));
    }
    return List.copyOf(keys);
  }
}
