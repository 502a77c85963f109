package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.engine.sql.tree.Query;
import java.util.List;

/**
 * Reads the canonical text of a query: what pg_get_viewdef prints with every identifier quoted and
 * search_path = pg_catalog. Unknown syntax is an {@link UnknownSyntaxException}, too much of it a
 * {@link TooComplexException}.
 *
 * <p>Deep texts need a deep stack: run it in {@link DeepStack}.
 */
public final class CanonicalParser {
  private final Bounds bounds;

  public CanonicalParser(Bounds bounds) {
    this.bounds = bounds;
  }

  public Query parse(String canonicalText) {
    List<Token> tokens = Lexer.tokens(canonicalText);
    Grammar grammar = new Grammar(tokens, bounds);
    Query query = grammar.queries().query();
    TokenCursor cursor = grammar.cursor();
    cursor.acceptPunctuation(";");
    if (cursor.peek().kind() != TokenKind.END) {
      throw new UnknownSyntaxException(cursor.peek());
    }
    return query;
  }
}
