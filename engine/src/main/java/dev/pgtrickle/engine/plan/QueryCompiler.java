package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.sql.AnalysisSession;
import dev.pgtrickle.engine.sql.QueryAnalyzer;
import dev.pgtrickle.engine.sql.QueryText;

/** From a query's text to the plan that maintains its result. */
public final class QueryCompiler {
  private final QueryAnalyzer analyzer = new QueryAnalyzer();
  private final PlanBuilder builder = new PlanBuilder();

  /**
   * Compiles the query with the rights of the session's owner. Nothing stays in the database.
   *
   * @throws dev.pgtrickle.engine.error.TrickleException when PostgreSQL refuses the query, or when
   *     it is not maintained incrementally; with the place in the text where it is sure
   */
  public MaintenancePlan compile(QueryText query, AnalysisSession session) {
    return builder.build(analyzer.analyze(query, session));
  }
}
