package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.SourceLook;
import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.BoundStatement;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.OpenSnapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at a table as it is at one snapshot WITH its pending changes: they are applied in the
 * transaction and rolled back. So a table can be compared with its query while writers go on.
 */
public final class RefreshRehearsal {
  private static final RefreshOrder REHEARSAL =
      RefreshOrder.of(RefreshOrder.Cause.REQUEST, RefreshOrder.Wish.REHEARSAL);

  private final FencedTransactions transactions;
  private final RefreshChooser chooser;
  private final RefreshStateQueries stateQueries;
  private final RefreshScripts scripts;

  public RefreshRehearsal(
      FencedTransactions transactions, RefreshChooser chooser, RefreshStateQueries stateQueries) {
    this.transactions = transactions;
    this.chooser = chooser;
    this.stateQueries = stateQueries;
    this.scripts = new RefreshScripts(new FrontierUpdate(), stateQueries);
  }

  /** What is looked at. */
  @FunctionalInterface
  public interface Look<R> {
    R at(OpenSnapshot snapshot) throws SQLException;
  }

  /**
   * First without the guard, so that refreshes go on meanwhile; only when there are pending changes
   * is it taken.
   *
   * @return empty when the next refresh would be a full one: a full difference would put right
   *     whatever is wrong, and so hide it
   */
  public <R> Optional<R> look(MaintainedTable table, Look<R> look) {
    SourceLook sources = stateQueries.forTables(List.of(table));
    Optional<Optional<R>> quiet =
        transactions.inSnapshot(
            RefreshLocks.reading(List.of(table), transactions.lockTimeouts()),
            sources.first(),
            (seen, snapshot) ->
                switch (choice(table, sources.settled(seen, snapshot))) {
                  case RefreshChoice.Nothing nothing ->
                      Optional.of(Optional.of(seen(table, look, snapshot)));
                  case RefreshChoice.SmallDelta small -> Optional.<Optional<R>>empty();
                  case RefreshChoice.LargeDelta large -> Optional.<Optional<R>>empty();
                  default -> Optional.of(Optional.<R>empty());
                });
    return quiet.orElseGet(() -> lookWithChanges(table, look));
  }

  private <R> Optional<R> lookWithChanges(MaintainedTable table, Look<R> look) {
    SourceLook first = stateQueries.forTables(List.of(table));
    return transactions.inSnapshot(
        RefreshLocks.writing(List.of(table), transactions.lockTimeouts()),
        first.first(),
        (seen, snapshot) -> {
          List<SourceState> sources = first.settled(seen, snapshot);
          RefreshChoice choice = choice(table, sources);
          return switch (choice) {
            case RefreshChoice.Nothing nothing -> Optional.of(seen(table, look, snapshot));
            case RefreshChoice.SmallDelta small -> applied(table, small, sources, snapshot, look);
            case RefreshChoice.LargeDelta large -> applied(table, large, sources, snapshot, look);
            default -> Optional.<R>empty();
          };
        });
  }

  /** What was seen at the snapshot alone, as with a refresh; else it is not worth a word. */
  private <R> R seen(MaintainedTable table, Look<R> look, OpenSnapshot snapshot)
      throws SQLException {
    R result = look.at(snapshot);
    List<BoundStatement> checks = stateQueries.beforeCommit(table);
    if (!checks.isEmpty()) {
      snapshot.run(checks);
    }
    return result;
  }

  /** Changes that cannot be computed by themselves lead to a full refresh as well. */
  private <R> Optional<R> applied(
      MaintainedTable table,
      RefreshChoice choice,
      List<SourceState> sources,
      OpenSnapshot snapshot,
      Look<R> look)
      throws SQLException {
    try {
      apply(table, choice, sources, snapshot);
    } catch (TrickleException failure) {
      if (failure.code() == ErrorCode.QUERY_FAILED) {
        return Optional.empty();
      }
      throw failure;
    }
    return Optional.of(seen(table, look, snapshot));
  }

  private RefreshChoice choice(MaintainedTable table, List<SourceState> sources) {
    return sources.size() == table.sources().size()
        ? chooser.choose(table.definition(), table.plan(), REHEARSAL, sources)
        : new RefreshChoice.Reanalyse("a source is another table than before");
  }

  private void apply(
      MaintainedTable table, RefreshChoice choice, List<SourceState> sources, OpenSnapshot snapshot)
      throws SQLException {
    RefreshScript script =
        scripts
            .script(table, REHEARSAL, choice, sources, Set.of())
            .orElseThrow(() -> new IllegalStateException("a delta always has a script"));
    try {
      snapshot.run(script.beforeApply());
      snapshot.run(List.of(script.apply()));
    } catch (SQLException failure) {
      throw ApplyErrors.translate(failure, table.definition().relation());
    }
  }
}
