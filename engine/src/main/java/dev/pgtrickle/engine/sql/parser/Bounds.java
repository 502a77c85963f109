package dev.pgtrickle.engine.sql.parser;

/**
 * How large a query may be: whatever is larger was generated, and planning it would cost more than
 * it is worth.
 *
 * @param expressionDepth how deep expressions may be nested
 * @param queryDepth how deep queries may be nested
 * @param nodes how many nodes the tree may have
 */
public record Bounds(int expressionDepth, int queryDepth, int nodes) {
  private static final int EXPRESSION_DEPTH = 5_000;
  private static final int QUERY_DEPTH = 64;
  private static final int NODES = 100_000;

  /** Those of an installation that was not told otherwise. */
  public static Bounds standard() {
    return new Bounds(EXPRESSION_DEPTH, QUERY_DEPTH, NODES);
  }

  /** The same, with another number of nodes. */
  public Bounds withNodes(int most) {
    return new Bounds(expressionDepth, queryDepth, most);
  }
}
