package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.Part;
import dev.pgtrickle.engine.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;

/** Collects the parts of an expression as they stand in the text, blanks included. */
final class PartCollector {
  private final TokenCursor cursor;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();

  PartCollector(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** Passes the next token on; the blank before the very first one is not part of it. */
  Token pass() {
    Token token = cursor.next();
    words.append(empty() ? token.text() : token.spaced());
    return token;
  }

  void passWord(String keyWord) {
    Token token = cursor.peek();
    cursor.expectWord(keyWord);
    words.append(empty() ? token.text() : token.spaced());
  }

  void passPunctuation(String character) {
    Token token = cursor.expectPunctuation(character);
    words.append(empty() ? token.text() : token.spaced());
  }

  void text(String sql) {
    words.append(sql);
  }

  /** The blank before what is read next, unless it is the first. */
  void blank() {
    if (!empty()) {
      words.append(cursor.peek().lead());
    }
  }

  void operand(Expression expression) {
    flush();
    parts.add(new Part.Operand(expression));
  }

  void nested(Query query) {
    flush();
    parts.add(new Part.Nested(query));
  }

  void parts(List<Part> more) {
    flush();
    parts.addAll(more);
  }

  List<Part> parts() {
    flush();
    return List.copyOf(parts);
  }

  private boolean empty() {
    return parts.isEmpty() && words.isEmpty();
  }

  private void flush() {
    if (!words.isEmpty()) {
      parts.add(new Part.Words(words.toString()));
      words.setLength(0);
    }
  }
}
