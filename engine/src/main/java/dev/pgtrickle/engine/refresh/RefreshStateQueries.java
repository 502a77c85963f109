package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.CaptureRules;
import dev.pgtrickle.engine.capture.FingerprintScope;
import dev.pgtrickle.engine.capture.FunctionDefinitions;
import dev.pgtrickle.engine.capture.SourceLook;
import dev.pgtrickle.engine.capture.SourceStates;
import dev.pgtrickle.engine.capture.SourceStates.Counted;
import dev.pgtrickle.engine.plan.RowBound;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.source.Extent;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a refresh asks first, and what it checks last. */
public final class RefreshStateQueries {
  private static final Counted COUNTED =
      new Counted(RowBound.THOUSAND.rows(), RowBound.EIGHT_THOUSAND.rows());

  /** Of the many units that are possible few ever occur, and those again and again. */
  private static final int MOST_KNOWN = 1024;

  private final CaptureRules rules;
  private final WindowPredicate unread;
  private final Map<List<Long>, Known> byVersions = new LinkedHashMap<>();

  public RefreshStateQueries(CaptureRules rules, WindowPredicate unread) {
    this.rules = rules;
    this.unread = unread;
  }

  /** Which changes are new. */
  WindowPredicate unread() {
    return unread;
  }

  /** The SELECT that takes S'. Its text depends on the tables only: planned once a session. */
  public synchronized SourceLook forTables(List<MaintainedTable> tables) {
    List<Long> versions = tables.stream().map(table -> table.version().id()).toList();
    Known known = byVersions.remove(versions);
    if (known == null || !known.tables().equals(tables)) {
      known = new Known(tables, look(tables));
    }
    if (byVersions.size() == MOST_KNOWN) {
      byVersions.remove(byVersions.keySet().iterator().next());
    }
    byVersions.put(versions, known);
    return known.look();
  }

  /** The text is long and asked for at every refresh; it is made once. */
  private record Known(List<MaintainedTable> tables, SourceLook look) {}

  private SourceLook look(List<MaintainedTable> tables) {
    return SourceLook.of(
        tables.stream().map(RefreshStateQueries::reader).toList(), COUNTED, rules, unread);
  }

  /** What takes effect inside a running refresh, and so is looked at again: P6 and P7. */
  List<BoundStatement> beforeCommit(MaintainedTable table) {
    List<BoundStatement> checks = new ArrayList<>();
    table
        .functionDefinitions()
        .ifPresent(
            expected -> checks.add(FunctionDefinitions.check(table.plan().functions(), expected)));
    table.sources().stream()
        .map(MaintainedSource::requirement)
        .filter(source -> source.extent() == Extent.WITH_DESCENDANTS)
        .map(source -> rules.descendants().beforeCommit(source.relationOid()))
        .forEach(checks::addAll);
    return checks;
  }

  private static SourceStates.Reader reader(MaintainedTable table) {
    return new SourceStates.Reader(
        table.version().id(),
        table.sources().stream().map(source -> expected(table, source)).toList());
  }

  private static SourceStates.Expected expected(MaintainedTable table, MaintainedSource source) {
    return new SourceStates.Expected(
        source.window(),
        new FingerprintScope(
            source.requirement().relationOid(),
            source.requirement().extent(),
            source.requirement().attributeNumbers(),
            table.plan().functions(),
            table.plan().types(),
            table.plan().views()));
  }
}
