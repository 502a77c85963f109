package dev.pgtrickle.engine.sql.parser;

import dev.pgtrickle.engine.sql.token.Token;
import dev.pgtrickle.engine.sql.token.TokenCursor;
import java.util.List;

/** The rules of the language, which refer to each other, over the words of one text. */
final class Grammar {
  private final TokenCursor cursor;
  private final ParenthesisPairs pairs;
  private final Budget budget;
  private final TypeRules types;
  private final ExpressionRules expressions;
  private final PrimaryRules primaries;
  private final CallRules calls;
  private final SpecialRules specials;
  private final WindowRules windows;
  private final FromRules from;
  private final SelectRules selects;
  private final QueryRules queries;

  Grammar(List<Token> tokens, Bounds bounds) {
    this.cursor = new TokenCursor(tokens);
    this.pairs = new ParenthesisPairs(tokens);
    this.budget = new Budget(bounds);
    this.types = new TypeRules(cursor);
    this.expressions = new ExpressionRules(this);
    this.primaries = new PrimaryRules(this);
    this.calls = new CallRules(this);
    this.specials = new SpecialRules(this);
    this.windows = new WindowRules(this);
    this.from = new FromRules(this);
    this.selects = new SelectRules(this);
    this.queries = new QueryRules(this);
  }

  TokenCursor cursor() {
    return cursor;
  }

  Budget budget() {
    return budget;
  }

  TypeRules types() {
    return types;
  }

  ExpressionRules expressions() {
    return expressions;
  }

  PrimaryRules primaries() {
    return primaries;
  }

  CallRules calls() {
    return calls;
  }

  SpecialRules specials() {
    return specials;
  }

  WindowRules windows() {
    return windows;
  }

  FromRules from() {
    return from;
  }

  SelectRules selects() {
    return selects;
  }

  QueryRules queries() {
    return queries;
  }

  /** Whether the next word begins a query. */
  boolean queryFollows() {
    return pairs.queryAt(cursor.index());
  }

  /** Whether a query begins after so many words. */
  boolean queryFollowsAfter(int words) {
    return pairs.queryAt(cursor.index() + words);
  }
}
