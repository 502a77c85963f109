package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import dev.pgtrickle.engine.sql.token.TokenKind;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;
import dev.pgtrickle.engine.sql.tree.CommonTableDefinition;
import dev.pgtrickle.engine.sql.tree.CommonTables;
import dev.pgtrickle.engine.sql.tree.Expression;
import dev.pgtrickle.engine.sql.tree.Part;
import dev.pgtrickle.engine.sql.tree.Quantifier;
import dev.pgtrickle.engine.sql.tree.Query;
import dev.pgtrickle.engine.sql.tree.QueryBody;
import dev.pgtrickle.engine.sql.tree.RowLimit;
import dev.pgtrickle.engine.sql.tree.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Queries: WITH, set operations, order and limit round SELECT blocks. */
final class QueryRules {
  private static final Set<String> LOCK =
      Set.of("FOR", "UPDATE", "SHARE", "NO", "KEY", "OF", "NOWAIT", "SKIP", "LOCKED");

  private static final Set<String> TAIL =
      Set.of("SEARCH", "DEPTH", "BREADTH", "FIRST", "BY", "SET", "CYCLE", "USING");

  private final Grammar grammar;
  private final TokenCursor cursor;

  QueryRules(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor();
  }

  Query query() {
    grammar.budget().enterQuery();
    grammar.budget().node();
    int offset = cursor.peek().offset();
    CommonTables commonTables = commonTables();
    QueryBody body = union();
    List<SortItem> order = grammar.expressions().optionalOrder();
    RowLimit limit = limit();
    String lock = cursor.peek().isWord("FOR") ? lock() : "";
    grammar.budget().leaveQuery();
    return new Query(commonTables, body, order, limit, lock, offset);
  }

  private QueryBody union() {
    QueryBody left = intersection();
    while (true) {
      QueryBody.Kind kind;
      if (cursor.acceptWord("UNION")) {
        kind = QueryBody.Kind.UNION;
      } else if (cursor.acceptWord("EXCEPT")) {
        kind = QueryBody.Kind.EXCEPT;
      } else {
        return left;
      }
      Quantifier quantifier = quantifier();
      grammar.budget().node();
      left = new QueryBody.SetOperation(kind, quantifier, left, intersection());
    }
  }

  private QueryBody intersection() {
    QueryBody left = single();
    while (cursor.acceptWord("INTERSECT")) {
      Quantifier quantifier = quantifier();
      grammar.budget().node();
      left = new QueryBody.SetOperation(QueryBody.Kind.INTERSECT, quantifier, left, single());
    }
    return left;
  }

  private Quantifier quantifier() {
    if (cursor.acceptWord("ALL")) {
      return Quantifier.ALL;
    }
    cursor.acceptWord("DISTINCT");
    return Quantifier.DISTINCT;
  }

  private QueryBody single() {
    if (cursor.peek().isWord("SELECT")) {
      return grammar.selects().select();
    }
    if (cursor.acceptWord("VALUES")) {
      List<List<Expression>> rows = new ArrayList<>();
      do {
        cursor.expectPunctuation("(");
        rows.add(grammar.expressions().expressions());
        cursor.expectPunctuation(")");
      } while (cursor.acceptPunctuation(","));
      return new QueryBody.ValuesList(List.copyOf(rows));
    }
    cursor.expectPunctuation("(");
    Query query = query();
    cursor.expectPunctuation(")");
    return new QueryBody.Parenthesised(query);
  }

  private RowLimit limit() {
    Optional<Expression> offset = Optional.empty();
    Optional<Expression> count = Optional.empty();
    RowLimit.Ties ties = RowLimit.Ties.CUT;
    while (true) {
      if (cursor.acceptWord("OFFSET")) {
        offset = Optional.of(grammar.expressions().expression());
      } else if (cursor.acceptWord("LIMIT")) {
        if (!cursor.acceptWord("ALL")) {
          count = Optional.of(grammar.expressions().expression());
        }
      } else if (cursor.acceptWords("FETCH", "FIRST")) {
        count = Optional.of(grammar.primaries().primary());
        cursor.expectWord("ROWS");
        cursor.expectWord("WITH");
        cursor.expectWord("TIES");
        ties = RowLimit.Ties.KEPT;
      } else {
        return new RowLimit(offset, count, ties);
      }
    }
  }

  private String lock() {
    StringBuilder words = new StringBuilder();
    while (cursor.peek().isIdentifier() || LOCK.contains(cursor.peek().upperCase())) {
      words.append(' ').append(cursor.next().text());
    }
    return words.toString();
  }

  private CommonTables commonTables() {
    if (!cursor.acceptWord("WITH")) {
      return new CommonTables(CommonTables.Recursion.PLAIN, List.of());
    }
    CommonTables.Recursion recursion =
        cursor.acceptWord("RECURSIVE")
            ? CommonTables.Recursion.RECURSIVE
            : CommonTables.Recursion.PLAIN;
    List<CommonTableDefinition> tables = new ArrayList<>();
    do {
      tables.add(commonTable());
    } while (cursor.acceptPunctuation(","));
    return new CommonTables(recursion, List.copyOf(tables));
  }

  private CommonTableDefinition commonTable() {
    Token name = cursor.expectIdentifier();
    List<Identifier> columns = new ArrayList<>();
    if (cursor.acceptPunctuation("(")) {
      do {
        columns.add(cursor.expectIdentifier().identifier());
      } while (cursor.acceptPunctuation(","));
      cursor.expectPunctuation(")");
    }
    cursor.expectWord("AS");
    String hint = "";
    if (cursor.acceptWord("MATERIALIZED")) {
      hint = "MATERIALIZED ";
    } else if (cursor.acceptWords("NOT", "MATERIALIZED")) {
      hint = "NOT MATERIALIZED ";
    }
    cursor.expectPunctuation("(");
    Query query = query();
    cursor.expectPunctuation(")");
    return new CommonTableDefinition(
        name.identifier(), List.copyOf(columns), hint, query, tail(), name.offset());
  }

  private List<Part> tail() {
    PartCollector parts = new PartCollector(cursor);
    while (TAIL.contains(cursor.peek().upperCase())) {
      parts.text(" ");
      Token word = cursor.next();
      parts.text(word.text());
      if (word.isWord("BY") || word.isWord("SET") || word.isWord("USING") || word.isWord("CYCLE")) {
        columns(parts);
      }
      while (cursor.peek().isWord("TO") || cursor.peek().isWord("DEFAULT")) {
        parts.pass();
        parts.blank();
        parts.operand(grammar.expressions().expression());
      }
    }
    return parts.parts();
  }

  private void columns(PartCollector parts) {
    while (true) {
      if (!cursor.peek().isIdentifier()) {
        throw new UnknownSyntaxException(cursor.peek());
      }
      parts.pass();
      boolean more =
          cursor.peek().isPunctuation(",")
              && cursor.peek(1).kind() == TokenKind.IDENTIFIER
              && !cursor.peek(2).isWord("AS")
              && !cursor.peek(2).isPunctuation("(");
      if (!more) {
        return;
      }
      parts.pass();
    }
  }
}
