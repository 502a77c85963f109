package dev.pgtrickle.engine.sql.parser;

/** Counts what a tree consists of while it grows. */
final class Budget {
  private final Bounds bounds;
  private int expressionDepth;
  private int queryDepth;
  private int nodes;

  Budget(Bounds bounds) {
    this.bounds = bounds;
  }

  void enterExpression() {
    expressionDepth++;
    if (expressionDepth > bounds.expressionDepth()) {
      throw new TooComplexException(
          "an expression is nested more than " + bounds.expressionDepth() + " deep");
    }
  }

  void leaveExpression() {
    expressionDepth--;
  }

  void enterQuery() {
    queryDepth++;
    if (queryDepth > bounds.queryDepth()) {
      throw new TooComplexException(
          "queries are nested more than " + bounds.queryDepth() + " deep");
    }
  }

  void leaveQuery() {
    queryDepth--;
  }

  void node() {
    nodes++;
    if (nodes > bounds.nodes()) {
      throw new TooComplexException("the query has more than " + bounds.nodes() + " parts");
    }
  }
}
