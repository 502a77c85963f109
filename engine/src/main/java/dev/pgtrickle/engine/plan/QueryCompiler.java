package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.sql.AnalysisSession;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import dev.pgtrickle.engine.sql.QueryAnalyzer;
import dev.pgtrickle.engine.sql.QueryText;
import dev.pgtrickle.engine.sql.parser.Bounds;

/** From a query's text to the plan that maintains its result. */
public final class QueryCompiler {
  private final QueryAnalyzer analyzer;
  private final PlanBuilder builder = new PlanBuilder();

  /** For queries up to a size. */
  public QueryCompiler(Bounds bounds) {
    this.analyzer = new QueryAnalyzer(bounds);
  }

  /** A query and how it is maintained. */
  public record Compiled(AnalyzedQuery query, MaintenancePlan plan) {}

  /**
   * Compiles the query with the rights of the session's owner. Nothing stays in the database.
   *
   * @param mode what was asked for: who insists on differential refreshes gets no others, and who
   *     asks for full ones also gets what has no answer of its own
   * @throws dev.pgtrickle.engine.error.TrickleException when PostgreSQL refuses the query, or when
   *     it is not maintained in this mode; with the place in the text where it is sure
   */
  public MaintenancePlan compile(QueryText query, AnalysisSession session, RefreshMode mode) {
    return understand(query, session, mode).plan();
  }

  /** The same, with all that is known of the query. */
  public Compiled understand(QueryText query, AnalysisSession session, RefreshMode mode) {
    AnalyzedQuery analyzed = analyzer.analyze(query, session, mode);
    return new Compiled(analyzed, builder.build(analyzed));
  }
}
