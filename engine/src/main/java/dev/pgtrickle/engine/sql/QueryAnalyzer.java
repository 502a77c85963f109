package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.Unparser;
import dev.pgtrickle.engine.algebra.property.Capabilities;
import dev.pgtrickle.engine.algebra.rewrite.Refinement;
import dev.pgtrickle.engine.algebra.rewrite.RemainingAmbiguity;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.relations.AggregateInverses;
import dev.pgtrickle.engine.relations.ColumnFacts;
import dev.pgtrickle.engine.relations.TypeReader;
import dev.pgtrickle.engine.sql.compile.PlanTypes;
import dev.pgtrickle.engine.sql.compile.QueryFrontEnd;
import dev.pgtrickle.engine.sql.compile.QueryPlans;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.resolve.PostgresNames;
import dev.pgtrickle.engine.sql.stability.Stability;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Understands a query, or says exactly why not. PostgreSQL checks and canonicalises it; we read the
 * canonical text; what we made of it is then shown to PostgreSQL again and must have the same
 * columns and the same sources.
 */
public final class QueryAnalyzer {
  /** What pg_depend has for the row as a whole. */
  private static final int WHOLE_ROW = 0;

  private final Bounds bounds;

  /** For queries up to a size. */
  public QueryAnalyzer(Bounds bounds) {
    this.bounds = bounds;
  }

  /**
   * Analyses the query with the rights of the session's owner. Nothing stays in the database.
   *
   * @param mode what was asked for: full refreshes also keep what has no answer of its own
   */
  public AnalyzedQuery analyze(QueryText query, AnalysisSession session, RefreshMode mode) {
    Refusals refusals = new Refusals(query.sql());
    String statement = new SingleStatement(refusals).of(query);
    return session.rolledBack(connection ->
        DeepAnalysis.run(
            () -> new Analysis(query, session, connection, refusals).run(statement, mode)));
  }

  /** One query in one transaction. */
  private final class Analysis {
    private final QueryText query;
    private final AnalysisSession session;
    private final Connection connection;
    private final Refusals refusals;
    private final TypeReader typeReader;
    private final TypeProbe probe;
    private final SourceChecks sourceChecks;

    Analysis(QueryText query, AnalysisSession session, Connection connection, Refusals refusals) {
      this.query = query;
      this.session = session;
      this.connection = connection;
      this.refusals = refusals;
      this.typeReader = new TypeReader(connection);
      this.probe = new TypeProbe(connection, session, typeReader);
      this.sourceChecks = new SourceChecks(refusals);
    }

    AnalyzedQuery run(String statement, RefreshMode mode) throws SQLException {
      new QueryView(session, refusals).create(connection, statement);
      checkRights();
      session.readCanonically();
      ViewFacts view = ViewFacts.read(connection);
      if (view.options() == ViewFacts.Options.SOME) {
        throw TrickleException.of(
            ErrorCode.PARSE_ERROR, "WITH CHECK OPTION is not part of a query", "leave it out");
      }
      List<ColumnFacts> outputs = probe.columnsOfQuery();
      CheckedNames names =
          new CheckedNames(
              new PostgresNames(connection, typeReader, StreamTableNames.read(connection)),
              sourceChecks);
      QueryPlans plans = new QueryFrontEnd(bounds).plans(query, view.canonicalText(), names);
      refuseBarriers(names.views());
      List<TreeNode> trees = new ArrayList<>(ViewFacts.trees(connection, names.views()));
      trees.add(view.tree());
      TreeCalls treeCalls = new TreeCalls();
      trees.forEach(tree -> tree.walk(treeCalls::visit));
      new TreeChecks(refusals).check(view.tree(), treeCalls);
      new OutputChecks(refusals).check(outputs, ViewFacts.rowTypedColumns(connection));
      Operator typed = new PlanTypes(connection, typeReader).typed(plans.forDeltas());
      if (new PlanSources(sourceChecks).of(typed).isEmpty()) {
        throw refusals.unsupported(
            "a query without FROM, or without a table in it, never changes",
            "read at least one table");
      }
      QueryCalls calls = new CallReader(connection, typeReader).read(treeCalls);
      Repeatability repeatability = new Repeatability(typed, calls);
      if (mode != RefreshMode.FULL) {
        repeatability.require(refusals);
      }
      List<String> unrepeatable = unrepeatable(typed, repeatability);
      DifferentialForm.Outcome outcome =
          new DifferentialForm(probe, mode)
              .of(new MaintainablePlan(connection, typeReader), typed, outputs);
      List<Obstacle> obstacles = obstacles(outcome, typed, calls, unrepeatable);
      boolean followed = obstacles.isEmpty() && unrepeatable.isEmpty();
      Operator run = followed ? typed : asAWhole(plans, typed);
      AnalyzedQuery.Form form =
          outcome instanceof DifferentialForm.Outcome.Fits fits && followed
              ? new AnalyzedQuery.Form.Differential(
                  fits.root(), comparison(typed, view.canonicalText(), outputs))
              : full(run, outputs, obstacles, repeatability);
      if (mode == RefreshMode.DIFFERENTIAL && form instanceof AnalyzedQuery.Form.Full full) {
        throw refusals.obstacle(full.obstacles().getFirst());
      }
      List<AnalyzedQuery.Source> sources = new PlanSources(sourceChecks).of(run);
      Reading reading = names.seesThrough() ? Reading.THROUGH_VIEWS : Reading.DIRECT;
      proveSources(sources, PlanSources.readByRow(run), reading);
      proveColumns(sqlOf(form), outputs);
      return new AnalyzedQuery(
          view.canonicalText(),
          outputs,
          typed,
          sources,
          List.copyOf(names.views()),
          calls.functions().stream().map(UsedFunction::facts).toList(),
          unstable(calls).stream().map(Obstacle::what).toList(),
          types(run, outputs, calls),
          new Capabilities(AggregateInverses.read(connection)).of(typed),
          form);
    }

    /** A view that is replaced by its query does not guard its rows from functions any more. */
    private void refuseBarriers(Set<Long> views) throws SQLException {
      Optional<String> barrier = ViewFacts.securityBarriers(connection, views).stream().findFirst();
      if (barrier.isPresent()) {
        throw refusals.unsupported(
            "view " + barrier.get() + " is a security barrier, which a refresh would not keep",
            "read the tables behind it, or a view without security_barrier",
            barrier.get());
      }
    }

    private static List<Obstacle> obstacles(
        DifferentialForm.Outcome outcome,
        Operator typed,
        QueryCalls calls,
        List<String> unrepeatable) {
      List<Obstacle> obstacles = new ArrayList<>();
      if (outcome instanceof DifferentialForm.Outcome.Misses misses) {
        obstacles.addAll(misses.obstacles());
      }
      obstacles.addAll(unstable(calls));
      if (outcome instanceof DifferentialForm.Outcome.Fits && !unrepeatable.isEmpty()) {
        RemainingAmbiguity.of(typed)
            .forEach(construct ->
                obstacles.add(
                    Obstacle.of(construct + ", which has several right answers,", "order it")));
      }
      return List.copyOf(obstacles);
    }

    /** Types cost a trip, which a query without queries in its expressions need not make. */
    private Operator asAWhole(QueryPlans plans, Operator typed) throws SQLException {
      return plans.areTheSame()
          ? typed
          : new PlanTypes(connection, typeReader).typed(plans.asAWhole());
    }

    private static AnalyzedQuery.Form full(
        Operator run,
        List<ColumnFacts> outputs,
        List<Obstacle> obstacles,
        Repeatability repeatability) {
      List<Identifier> names = outputs.stream().map(ColumnFacts::name).toList();
      return new AnalyzedQuery.Form.Full(
          FullQuery.of(run, names),
          obstacles,
          repeatability.moving(),
          unrepeatable(run, repeatability));
    }

    /** The user's own query where it has one answer, else the refined one (P10). */
    private static String comparison(
        Operator typed, String canonicalText, List<ColumnFacts> outputs) {
      return new Refinement().apply(typed).equals(typed)
          ? canonicalText
          : FullQuery.of(typed, outputs.stream().map(ColumnFacts::name).toList()).now();
    }

    /** What has several right answers cannot be compared either: each run may give another one. */
    private static List<String> unrepeatable(Operator plan, Repeatability repeatability) {
      List<String> reasons = new ArrayList<>(repeatability.obstacles());
      RemainingAmbiguity.of(plan)
          .forEach(construct -> reasons.add(construct + " has several right answers"));
      return List.copyOf(reasons);
    }

    /** A retraction computes what the insertion computed, so nothing may move meanwhile. */
    private static List<Obstacle> unstable(QueryCalls calls) {
      List<Obstacle> obstacles = new ArrayList<>();
      for (Stability stability : Stability.values()) {
        if (!stability.keepsResults()) {
          for (String name : calls.named(stability)) {
            obstacles.add(
                Obstacle.of(
                    name + ", which is not immutable,",
                    "use an immutable form (for timestamptz: AT TIME ZONE 'UTC'), or store the"
                        + " value in a column",
                    name.substring(name.lastIndexOf('.') + 1)));
          }
        }
      }
      return obstacles;
    }

    private static String sqlOf(AnalyzedQuery.Form form) {
      return switch (form) {
        case AnalyzedQuery.Form.Differential differential ->
            new Unparser().query(differential.root());
        case AnalyzedQuery.Form.Full full -> full.query().now();
      };
    }

    private static Set<Long> types(Operator plan, List<ColumnFacts> outputs, QueryCalls calls) {
      Set<Long> types = new TreeSet<>(calls.types());
      outputs.forEach(output -> types.addAll(output.type().facts().definitions()));
      types.addAll(PlanSources.definitions(plan));
      return types;
    }

    /**
     * Starting to execute, without running, is what checks rights on tables and functions. The
     * search path is still the user's: bodies of functions may rely on it.
     */
    private void checkRights() throws SQLException {
      try {
        session.execute("EXPLAIN SELECT * FROM " + QueryView.NAME);
        if (session.hasOwner()) {
          session.becomeEngine();
        }
      } catch (SQLException failure) {
        throw SqlErrors.translate(failure, "checking the rights of the query's owner");
      }
    }

    /** R2: what we read is what PostgreSQL says that the query reads. */
    private void proveSources(
        List<AnalyzedQuery.Source> sources, Set<Long> readByRow, Reading reading)
        throws SQLException {
      Set<Long> used = ViewFacts.relationsUsed(connection);
      for (AnalyzedQuery.Source source : sources) {
        boolean known = used.contains(source.relation().oid());
        Set<Integer> columns = ViewFacts.columnsUsed(connection, source.relation().oid());
        boolean listed =
            reading == Reading.THROUGH_VIEWS
                || columns.contains(WHOLE_ROW)
                || readByRow.contains(source.relation().oid())
                || columns.containsAll(source.columns());
        if (!known || !listed) {
          throw TrickleException.of(
              ErrorCode.INTERNAL,
              "the query was misread: columns %s of %s instead of %s"
                  .formatted(source.columns(), source.relation().name(), columns),
              "report the query");
        }
      }
    }

    /** R2: what we would run has the names, types, modifiers and collations of the user's query. */
    private void proveColumns(String sql, List<ColumnFacts> outputs) throws SQLException {
      List<ColumnFacts> regenerated = probe.columns(sql);
      if (!regenerated.equals(outputs)) {
        throw TrickleException.of(
            ErrorCode.INTERNAL,
            "the query was misread: it has the columns %s instead of %s"
                .formatted(regenerated, outputs),
            "report the query");
      }
    }
  }

  /** Whether PostgreSQL knows the columns that the query itself reads. */
  private enum Reading {
    DIRECT,
    THROUGH_VIEWS
  }
}
