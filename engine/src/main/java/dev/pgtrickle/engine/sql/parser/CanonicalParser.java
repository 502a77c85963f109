package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.engine.sql.tree.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the canonical text of a query: what pg_get_viewdef prints with every identifier quoted and
 * search_path = pg_catalog. Unknown syntax is an {@link UnknownSyntaxException}, too much of it a
 * {@link TooComplexException}.
 *
 * <p>Deep texts need a deep stack: run it in {@link DeepStack}.
 */
public final class CanonicalParser {
  /** In bytes, with its quotes. */
  private static final int LONGEST_NAME = 63 + 2;

  private final Bounds bounds;

  public CanonicalParser(Bounds bounds) {
    this.bounds = bounds;
  }

  public Query parse(String canonicalText) {
    List<Token> tokens = Lexer.tokens(canonicalText);
    for (Token token : tokens) {
      if (token.isIdentifier() && !isName(token)) {
        throw new UnknownSyntaxException(token);
      }
    }
    Grammar grammar = new Grammar(tokens, bounds);
    Query query = grammar.queries().query();
    TokenCursor cursor = grammar.cursor();
    cursor.acceptPunctuation(";");
    if (cursor.peek().kind() != TokenKind.END) {
      throw new UnknownSyntaxException(cursor.peek());
    }
    return query;
  }

  /** PostgreSQL prints nothing else; but what is read may have been broken on its way. */
  private static boolean isName(Token token) {
    String text = token.text();
    return text.length() > 2
        && text.startsWith("\"")
        && text.endsWith("\"")
        && text.indexOf('\0') < 0
        && text.getBytes(StandardCharsets.UTF_8).length - doubledQuotes(text) <= LONGEST_NAME;
  }

  /** Quotes within the name are written twice. */
  private static long doubledQuotes(String text) {
    return (text.chars().filter(character -> character == '"').count() - 2) / 2;
  }
}
