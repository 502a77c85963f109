package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.sql.token.Lexer;
import dev.pgtrickle.engine.sql.token.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lets through what is one statement of bounded length, before anything is sent. */
final class SingleStatement {
  private final Refusals refusals;

  SingleStatement(Refusals refusals) {
    this.refusals = refusals;
  }

  /** The text up to its semicolon, if that is where it ends. */
  String of(QueryText query) {
    String sql = query.sql();
    if (sql.getBytes(StandardCharsets.UTF_8).length > QueryText.MAXIMUM_BYTES) {
      throw TrickleException.of(
          ErrorCode.QUERY_TOO_COMPLEX,
          "the query's text is longer than " + QueryText.MAXIMUM_BYTES / 1024 + " KiB",
          "split the query");
    }
    if (sql.indexOf('\0') >= 0) {
      throw TrickleException.of(
          ErrorCode.PARSE_ERROR, "the query holds a NUL character", "remove it");
    }
    List<Token> tokens = Lexer.tokens(sql);
    int end = 0;
    while (end < tokens.size() - 1 && !tokens.get(end).isPunctuation(";")) {
      end++;
    }
    for (Token after : tokens.subList(end, tokens.size() - 1)) {
      if (!after.isPunctuation(";")) {
        throw refusals.placed(
            TrickleException.of(
                ErrorCode.PARSE_ERROR,
                "there is a second statement after the query",
                "write one query"),
            refusals.position(after));
      }
    }
    return sql.substring(0, tokens.get(end).offset());
  }
}
