package dev.pgtrickle.engine.sql.compile;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.rewrite.Normalisation;

/**
 * One query, normalised for two purposes; the same rows.
 *
 * @param forDeltas with queries in expressions as joins, which rules can follow
 * @param asAWhole with queries in expressions where they are, as PostgreSQL runs them best
 */
public record QueryPlans(Operator forDeltas, Operator asAWhole) {

  static QueryPlans of(Operator resolved) {
    return new QueryPlans(
        new Normalisation().apply(resolved),
        Normalisation.leavingQueriesInExpressions().apply(resolved));
  }

  /** Whether there is nothing in which they differ. */
  public boolean areTheSame() {
    return forDeltas.equals(asAWhole);
  }
}
