package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.algebra.Scan;
import dev.pgtrickle.engine.delta.ChangeReader;
import dev.pgtrickle.engine.delta.CommonTable;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Few changes: read from the buffers in the statement itself, the bounds as parameters. */
final class WindowChanges implements ChangeReader {
  private final List<ChangeWindow> windows;
  private final Set<Long> changed;
  private final RowBound bound;
  private final WindowRows rows;
  private final List<WindowParameter> parameters = new ArrayList<>();

  WindowChanges(
      List<ChangeWindow> windows, Set<Long> changed, RowBound bound, WindowPredicate predicate) {
    this.changed = changed;
    this.bound = bound;
    this.windows = windows;
    this.rows = new WindowRows(predicate);
  }

  @Override
  public Activity activity(Scan scan) {
    return changed.contains(scan.relation().oid()) ? Activity.CHANGED : Activity.UNCHANGED;
  }

  @Override
  public CommonTable signedRows(String name, Scan scan) {
    ChangeWindow window = WindowRows.of(windows, scan);
    String body = unread(window, scan) + "\nLIMIT " + bound.rows();
    return new CommonTable(
        Identifier.of(name),
        "rows of " + scan.known() + " that changed since the stored frontier",
        CommonTable.Storing.MATERIALIZED,
        CommonTable.Parameters.PRESENT,
        body);
  }

  /** The head of a long statement is more than a thousand rows, and in the index: so are they. */
  private String unread(ChangeWindow window, Scan scan) {
    if (bound.isInTheIndex()) {
      parameters.addAll(WindowRows.parametersOfFew(window));
      return rows.few(window, scan);
    }
    parameters.addAll(WindowRows.parametersOfAll(window));
    return rows.all(window, scan);
  }

  @Override
  public Narrowing narrow(Identifier changes, String condition) {
    // The limit, by which the planner knows that they are few, is one of the rows of the window.
    return Narrowing.DECLINED;
  }

  /** What the question marks mean, in the order of the text so far. */
  List<WindowParameter> parameters() {
    return List.copyOf(parameters);
  }
}
