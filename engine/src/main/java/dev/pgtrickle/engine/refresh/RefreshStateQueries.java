package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.FunctionDefinitions;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.postgres.StateQuery;
import dev.pgtrickle.engine.source.WindowPredicate;
import java.util.List;

/** What a refresh asks first, and what it checks last. */
public final class RefreshStateQueries {
  private final WindowPredicate window;

  public RefreshStateQueries(WindowPredicate window) {
    this.window = window;
  }

  /** The SELECT that takes S'. */
  public StateQuery<List<SourceState>> forTable(MaintainedTable table) {
    return new RefreshStateQuery(table, window);
  }

  /** P7: a replaced function takes effect inside a running refresh, so it is looked at again. */
  List<BoundStatement> beforeCommit(MaintainedTable table) {
    return table.functionDefinitions().isEmpty()
        ? List.of()
        : List.of(
            FunctionDefinitions.check(
                table.plan().functions(), table.functionDefinitions().get()));
  }
}
