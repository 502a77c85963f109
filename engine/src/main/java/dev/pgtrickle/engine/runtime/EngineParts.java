package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.capture.ChangeCapture;
import dev.pgtrickle.engine.capture.ChangeProbe;
import dev.pgtrickle.engine.capture.Janitor;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.lifecycle.CaptureDefaults;
import dev.pgtrickle.engine.lifecycle.ClaimDesk;
import dev.pgtrickle.engine.lifecycle.LifecycleRules;
import dev.pgtrickle.engine.lifecycle.ReleaseDesk;
import dev.pgtrickle.engine.lifecycle.StreamTableLifecycle;
import dev.pgtrickle.engine.lifecycle.TableAnalyser;
import dev.pgtrickle.engine.plan.MaintenancePlan;
import dev.pgtrickle.engine.plan.QueryBounds;
import dev.pgtrickle.engine.plan.QueryCompiler;
import dev.pgtrickle.engine.plan.StatementPlanner;
import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.Fence;
import dev.pgtrickle.engine.postgres.FenceEpoch;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.LockTimeouts;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.refresh.RefreshRehearsal;
import dev.pgtrickle.engine.refresh.RefreshStateQueries;
import dev.pgtrickle.engine.refresh.Refresher;
import dev.pgtrickle.engine.sql.AnalysisSession;
import dev.pgtrickle.engine.sql.QueryText;
import dev.pgtrickle.engine.verify.Verifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/**
 * Puts the parts of an engine together over one pool and one epoch. The only place that knows which
 * class needs which.
 */
record EngineParts(
    DatabasePool pool,
    FencedTransactions transactions,
    ChangeCapture capture,
    ChangeProbe probe,
    Janitor janitor,
    Refresher refresher,
    Verifier verifier,
    StreamTableLifecycle lifecycle,
    ClaimDesk claims,
    ReleaseDesk releases,
    LifecycleRules rules) {

  static EngineParts assemble(
      DatabasePool pool,
      FenceEpoch epoch,
      EngineRules rules,
      Clock clock,
      EngineListener listener) {
    LockTimeouts lockTimeouts;
    CaptureDefaults captureDefaults;
    try (Connection connection = pool.borrow()) {
      lockTimeouts = LockTimeouts.read(connection);
      captureDefaults = CaptureDefaults.read(connection, clock, rules.lease());
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "reading the server's settings");
    }
    FencedTransactions transactions =
        new FencedTransactions(pool, new Fence(epoch), rules.prologue(), lockTimeouts);
    SourceRegistry sources = new SourceRegistry();
    ChangeCapture capture =
        new ChangeCapture(transactions, sources, rules.capture(), rules.captureSettings());
    RefreshStateQueries stateQueries = new RefreshStateQueries(rules.capture(), rules.window());
    Refresher refresher =
        new Refresher(transactions, rules.chooser(), rules.frontierUpdate(), stateQueries);
    TableAnalyser analyser = new TableAnalyser(pool, EngineParts::plan);
    StatementPlanner planner = new StatementPlanner(rules.window());
    return new EngineParts(
        pool,
        transactions,
        capture,
        new ChangeProbe(pool),
        new Janitor(transactions, sources, rules.capture(), rules.captureSettings()),
        refresher,
        new Verifier(new RefreshRehearsal(transactions, rules.chooser(), stateQueries)),
        new StreamTableLifecycle(
            transactions,
            analyser,
            planner::statements,
            capture,
            captureDefaults,
            refresher,
            rules.lifecycle(),
            (relation, drift) -> listener.on(new EngineEvent.DriftRepaired(relation, drift))),
        new ClaimDesk(transactions, analyser),
        new ReleaseDesk(transactions),
        rules.lifecycle());
  }

  private static MaintenancePlan plan(Connection connection, StreamTableDefinition definition)
      throws SQLException {
    return new QueryCompiler(new QueryBounds().read(connection))
        .compile(
            new QueryText(definition.query()),
            new AnalysisSession(connection, definition.relation().schema(), definition.owner()),
            definition.demand());
  }
}
