package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.FingerprintScope;
import dev.pgtrickle.engine.capture.FunctionDefinitions;
import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.capture.SourceStates;
import dev.pgtrickle.engine.plan.MaintenanceStatements;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.postgres.StateQuery;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.List;

/** What a refresh asks first, and what it checks last. */
public final class RefreshStateQueries {
  private final CaptureRules rules;
  private final WindowPredicate unread;

  public RefreshStateQueries(CaptureRules rules, WindowPredicate unread) {
    this.rules = rules;
    this.unread = unread;
  }

  /** The SELECT that takes S'. Its text depends on the table only: planned once a session. */
  public StateQuery<List<SourceState>> forTable(MaintainedTable table) {
    return SourceStates.of(
        table.version().id(),
        table.sources().stream().map(source -> expected(table, source)).toList(),
        MaintenanceStatements.SMALL_DELTA_LIMIT,
        rules,
        unread);
  }

  /** P7: a replaced function takes effect inside a running refresh, so it is looked at again. */
  List<BoundStatement> beforeCommit(MaintainedTable table) {
    return table.functionDefinitions().isEmpty()
        ? List.of()
        : List.of(
            FunctionDefinitions.check(table.plan().functions(), table.functionDefinitions().get()));
  }

  private static SourceStates.Expected expected(MaintainedTable table, MaintainedSource source) {
    return new SourceStates.Expected(
        source.window(),
        new FingerprintScope(
            source.requirement().relationOid(),
            source.requirement().attributeNumbers(),
            table.plan().functions(),
            table.plan().types()));
  }
}
