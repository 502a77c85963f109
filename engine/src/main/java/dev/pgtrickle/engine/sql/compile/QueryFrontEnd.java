package dev.pgtrickle.engine.sql.compile;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.sql.QueryText;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import dev.pgtrickle.engine.sql.parser.TooComplexException;
import dev.pgtrickle.engine.sql.resolve.NameCatalog;
import dev.pgtrickle.engine.sql.resolve.Resolver;
import dev.pgtrickle.engine.sql.resolve.UnresolvedException;
import dev.pgtrickle.engine.sql.token.UnknownSyntaxException;

/**
 * From the canonical text of any query to its normalised plan, without a trip to PostgreSQL but for
 * the names. What it does not know it refuses, by name and, where that is sure, by place.
 */
public final class QueryFrontEnd {
  private final Bounds bounds;

  public QueryFrontEnd(Bounds bounds) {
    this.bounds = bounds;
  }

  /**
   * The plan of a query.
   *
   * @param query as the user wrote it: errors are about this text
   * @param canonicalText the same as PostgreSQL prints it
   */
  public Operator plan(QueryText query, String canonicalText, NameCatalog names) {
    return plans(query, canonicalText, names).forDeltas();
  }

  /** The same, and the plan for running the query as a whole. */
  public QueryPlans plans(QueryText query, String canonicalText, NameCatalog names) {
    try {
      return DeepStack.call(
          () -> QueryPlans.of(new Resolver(names, bounds).resolve(canonicalText)));
    } catch (UnknownSyntaxException unknown) {
      throw placed(
          TrickleException.of(
              ErrorCode.UNSUPPORTED,
              "the syntax at " + unknown.word() + " is unknown to this version",
              "write the expression with operators and functions"),
          query,
          canonicalText,
          unknown.offset());
    } catch (UnresolvedException unresolved) {
      throw placed(
          TrickleException.of(
              ErrorCode.UNSUPPORTED,
              "the query is not understood: " + unresolved.what(),
              "give tables and columns names of their own, and say which column is meant"),
          query,
          canonicalText,
          unresolved.offset());
    } catch (TooComplexException tooComplex) {
      throw TrickleException.of(ErrorCode.QUERY_TOO_COMPLEX, tooComplex.what(), "split the query");
    }
  }

  private static TrickleException placed(
      TrickleException failure, QueryText query, String canonicalText, int offset) {
    return new TokenAlignment(query.sql(), canonicalText)
        .find(offset)
        .map(position -> failure.at(position.toString()).showing(Excerpt.of(query.sql(), position)))
        .orElse(failure);
  }
}
