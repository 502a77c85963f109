package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.OpenSnapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a table as it is at one snapshot WITH its pending changes: they are applied in the
 * transaction and rolled back. So a table can be compared with its query while writers go on.
 */
public final class RefreshRehearsal {
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
   */
  public <R> R look(MaintainedTable table, Look<R> look) {
    Optional<R> quiet =
        transactions.inSnapshot(
            RefreshLocks.reading(table, transactions.lockTimeouts()),
            stateQueries.forTable(table),
            (sources, snapshot) ->
                pending(table, sources).isEmpty()
                    ? Optional.of(look.at(snapshot))
                    : Optional.<R>empty());
    if (quiet.isPresent()) {
      return quiet.get();
    }
    return transactions.inSnapshot(
        RefreshLocks.writing(table, transactions.lockTimeouts()),
        stateQueries.forTable(table),
        (sources, snapshot) -> {
          Optional<RefreshScript> script = pending(table, sources);
          if (script.isPresent()) {
            apply(table, script.get(), snapshot);
          }
          return look.at(snapshot);
        });
  }

  private Optional<RefreshScript> pending(MaintainedTable table, List<SourceState> sources) {
    RefreshOrder order = RefreshOrder.of(RefreshOrder.Cause.REQUEST, RefreshOrder.Wish.REHEARSAL);
    RefreshChoice choice = chooser.choose(table.definition(), order, sources);
    return switch (choice) {
      case RefreshChoice.SmallDelta small -> scripts.script(table, order, small, sources);
      case RefreshChoice.LargeDelta large -> scripts.script(table, order, large, sources);
      case RefreshChoice.FullDifference full -> scripts.script(table, order, full, sources);
      default -> Optional.empty();
    };
  }

  private static void apply(MaintainedTable table, RefreshScript script, OpenSnapshot snapshot)
      throws SQLException {
    try {
      snapshot.execute(script.preparation());
      snapshot.run(script.before());
      snapshot.run(List.of(script.apply()));
    } catch (SQLException failure) {
      throw ApplyErrors.translate(failure, table.definition().relation());
    }
  }
}
