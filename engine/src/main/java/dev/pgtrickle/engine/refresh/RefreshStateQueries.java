package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.FingerprintScope;
import dev.pgtrickle.engine.capture.FunctionDefinitions;
import dev.pgtrickle.engine.capture.SourceLook;
import dev.pgtrickle.engine.capture.SourceStates;
import dev.pgtrickle.engine.capture.SourceStates.Counted;
import dev.pgtrickle.engine.plan.RowBound;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a refresh asks first, and what it checks last. */
public final class RefreshStateQueries {
  private static final Counted COUNTED =
      new Counted(RowBound.THOUSAND.rows(), RowBound.EIGHT_THOUSAND.rows());

  private final CaptureRules rules;
  private final WindowPredicate unread;
  private final Map<Long, Known> byVersion = new ConcurrentHashMap<>();

  public RefreshStateQueries(CaptureRules rules, WindowPredicate unread) {
    this.rules = rules;
    this.unread = unread;
  }

  /** The SELECT that takes S'. Its text depends on the table only: planned once a session. */
  public SourceLook forTable(MaintainedTable table) {
    Known known = byVersion.get(table.version().id());
    if (known == null || !known.table().equals(table)) {
      known = new Known(table, look(table));
      byVersion.put(table.version().id(), known);
    }
    return known.look();
  }

  /** The text is long and asked for at every refresh; it is made once. */
  private record Known(MaintainedTable table, SourceLook look) {}

  private SourceLook look(MaintainedTable table) {
    return SourceLook.of(
        table.version().id(),
        table.sources().stream().map(source -> expected(table, source)).toList(),
        COUNTED,
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
            table.plan().types(),
            table.plan().views()));
  }
}
