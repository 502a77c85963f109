package dev.pgtrickle.engine.sql.tree;

import java.util.List;

/** What gives the rows of a query. */
public sealed interface QueryBody
    permits Select, QueryBody.SetOperation, QueryBody.ValuesList, QueryBody.Parenthesised {

  /** Two bodies combined. */
  record SetOperation(Kind kind, Quantifier quantifier, QueryBody left, QueryBody right)
      implements QueryBody {}

  /** The set operations. */
  enum Kind {
    UNION,
    INTERSECT,
    EXCEPT
  }

  record ValuesList(List<List<Expression>> rows) implements QueryBody {}

  record Parenthesised(Query query) implements QueryBody {}
}
