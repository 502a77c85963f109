package dev.pgtrickle.engine.preview;

import dev.pgtrickle.engine.algebra.ColumnId;
import dev.pgtrickle.engine.algebra.property.CandidateKeys;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.OperatorClass;
import dev.pgtrickle.engine.plan.PlanClass;
import dev.pgtrickle.engine.plan.QueryBounds;
import dev.pgtrickle.engine.plan.QueryCompiler;
import dev.pgtrickle.engine.plan.Upkeep;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.NewSessionListener;
import dev.pgtrickle.engine.postgres.PinnedSession;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.sql.AnalysisSession;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import dev.pgtrickle.engine.sql.QueryText;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks the same rules as the engine what becomes of a query, and leaves nothing behind: pgtrickle
 * need not even be installed in the database.
 */
public final class QueryPreviewer implements AutoCloseable {
  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);

  private final DatabasePool pool;
  private final QueryAdvice advice;

  private QueryPreviewer(DatabasePool pool, QueryAdvice advice) {
    this.pool = pool;
    this.advice = advice;
  }

  /** Previews over the tables of a database. */
  public static QueryPreviewer open(ConnectionTarget target, QueryAdvice advice) {
    return new QueryPreviewer(
        DatabasePool.open(
            target, new PinnedSession(STATEMENT_TIMEOUT), 1, NewSessionListener.none()),
        advice);
  }

  /**
   * What would become of it; a query that is at fault is an answer, a server that is away is not.
   */
  public Preview preview(PreviewRequest request) {
    try (Connection connection = pool.borrow()) {
      return accepted(request, connection);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "looking at the query of " + request.relation());
    } catch (TrickleException failure) {
      if (failure.code().kind() == ErrorCode.Kind.USER
          && failure.code() != ErrorCode.AUTHENTICATION_FAILED) {
        return new Preview.Refused(request.relation(), failure);
      }
      throw failure;
    }
  }

  private Preview accepted(PreviewRequest request, Connection connection) throws SQLException {
    QueryCompiler.Compiled compiled =
        new QueryCompiler(new QueryBounds().read(connection))
            .understand(
                new QueryText(request.query()),
                new AnalysisSession(connection, request.relation().schema(), request.owner()),
                request.demand());
    AnalyzedQuery query = compiled.query();
    MaintenancePlan plan = compiled.plan();
    List<Preview.Source> sources =
        new SourceLook(connection, request.publication()).at(query.sources());
    Preview.Mode mode =
        plan.isFullOnly() || request.mode() == RefreshMode.FULL
            ? Preview.Mode.FULL
            : Preview.Mode.DIFFERENTIAL;
    QueryAdvice.Insight insight = advice.about(request.relation(), query, connection);
    return new Preview.Accepted(
        request.relation(),
        mode,
        planClass(plan).word(),
        reason(plan, mode),
        query.canonicalText(),
        sources,
        operators(plan, mode),
        keys(query),
        new Warnings(connection).about(query),
        insight.findings(),
        insight.lineage(),
        request.statements() == PreviewRequest.Statements.SHOWN
            ? new StatementPreview().of(plan, request.relation())
            : List.of());
  }

  private static PlanClass planClass(MaintenancePlan plan) {
    return plan.operators().stream()
        .map(OperatorClass::planClass)
        .max(Comparator.naturalOrder())
        .orElse(PlanClass.LINEAR);
  }

  private static String reason(MaintenancePlan plan, Preview.Mode mode) {
    return switch (plan.upkeep()) {
      case Upkeep.Full full -> full.summary();
      case Upkeep.Differential _ ->
          mode == Preview.Mode.FULL
              ? "refresh.mode is Full"
              : plan.operators().stream()
                  .filter(operator -> operator.planClass() == planClass(plan))
                  .map(OperatorClass::reason)
                  .distinct()
                  .collect(Collectors.joining("; "));
    };
  }

  private static List<Preview.Operator> operators(MaintenancePlan plan, Preview.Mode mode) {
    return plan.operators().stream()
        .map(operator ->
            new Preview.Operator(
                operator.operator(), mode, operator.planClass().word(), operator.reason()))
        .toList();
  }

  private static List<List<String>> keys(AnalyzedQuery query) {
    List<List<String>> keys = new ArrayList<>();
    for (Set<ColumnId> key : CandidateKeys.of(query.plan()).keys()) {
      List<String> names = new ArrayList<>();
      for (int index = 0; index < query.plan().columns().size(); index++) {
        if (key.contains(query.plan().columns().get(index).id())) {
          names.add(query.outputs().get(index).name().name());
        }
      }
      if (names.size() == key.size()) {
        keys.add(List.copyOf(names));
      }
    }
    return List.copyOf(keys);
  }

  @Override
  public void close() {
    pool.close();
  }
}
