package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.rewrite.Refinement;
import dev.pgtrickle.engine.sql.AnalyzedQuery;

/**
 * Queries of which the same rows always make the same answer: only their answers can be compared.
 */
final class SteadyQuery {

  private SteadyQuery() {}

  static boolean is(AnalyzedQuery query) {
    return switch (query.form()) {
      case AnalyzedQuery.Form.Differential _ -> true;
      case AnalyzedQuery.Form.Full full -> full.moving().isEmpty() && full.unrepeatable().isEmpty();
    };
  }

  /** With the one answer of those that are right that a stream table has (P10). */
  static Operator plan(AnalyzedQuery query) {
    return new Refinement().apply(query.plan());
  }
}
