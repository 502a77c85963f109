package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.capture.SourceLook;
import dev.pgtrickle.engine.capture.SourceState;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.LockTimeouts;
import dev.pgtrickle.engine.postgres.OpenSnapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One refresh of one table: locks and snapshot in the first trip; frontier, rows, history and
 * COMMIT in the second (P1, P2). Whatever fails, the old state stays.
 */
public final class Refresher {
  private final FencedTransactions transactions;
  private final RefreshChooser chooser;
  private final RefreshStateQueries stateQueries;
  private final RefreshScripts scripts;

  public Refresher(
      FencedTransactions transactions,
      RefreshChooser chooser,
      FrontierUpdate frontierUpdate,
      RefreshStateQueries stateQueries) {
    this.transactions = transactions;
    this.chooser = chooser;
    this.stateQueries = stateQueries;
    this.scripts = new RefreshScripts(frontierUpdate, stateQueries);
  }

  public RefreshResult refresh(MaintainedTable table, RefreshOrder order) {
    LockTimeouts timeouts = transactions.lockTimeouts();
    SourceLook look = stateQueries.forTable(table);
    return transactions.inSnapshot(
        RefreshLocks.writing(table, timeouts),
        look.first(),
        (seen, snapshot) -> act(table, order, look.settled(seen, snapshot), snapshot));
  }

  private RefreshResult act(
      MaintainedTable table, RefreshOrder order, List<SourceState> sources, OpenSnapshot snapshot)
      throws SQLException {
    if (sources.size() != table.sources().size()) {
      // A source was dropped and created again: the frontier is that of another table.
      return new RefreshResult.DefinitionChanged("a source is another table than before");
    }
    RefreshChoice choice = chooser.choose(table.definition(), table.plan(), order, sources);
    Optional<RefreshScript> script = scripts.script(table, order, choice, sources);
    if (script.isPresent()) {
      return commit(table, choice, script.get(), snapshot);
    }
    return switch (choice) {
      case RefreshChoice.RepairCapture repair ->
          new RefreshResult.CaptureBroken(repair.sourceId(), repair.reason());
      case RefreshChoice.RenewWindows renew -> new RefreshResult.WindowsMoved();
      case RefreshChoice.Reanalyse reanalyse ->
          new RefreshResult.DefinitionChanged(reanalyse.reason());
      default -> new RefreshResult.Unchanged(Instant.now());
    };
  }

  private static RefreshResult commit(
      MaintainedTable table, RefreshChoice choice, RefreshScript script, OpenSnapshot snapshot)
      throws SQLException {
    try {
      return snapshot.commit(
          script.beforeApply(), script.apply(), script.after(), row -> read(choice, row));
    } catch (SQLException failure) {
      TrickleException reason = ApplyErrors.translate(failure, table.definition().relation());
      boolean delta =
          choice instanceof RefreshChoice.SmallDelta || choice instanceof RefreshChoice.LargeDelta;
      if (delta && reason.code() == ErrorCode.QUERY_FAILED) {
        return new RefreshResult.DeltaFailed(reason);
      }
      throw reason;
    }
  }

  private static RefreshResult read(RefreshChoice choice, ResultSet row) throws SQLException {
    row.next();
    return new RefreshResult.Refreshed(
        choice,
        row.getTimestamp("finished_at").toInstant(),
        Duration.ofNanos(Math.round(row.getDouble("millis") * 1_000_000)),
        row.getLong("rows_inserted"),
        row.getLong("rows_updated"),
        row.getLong("rows_deleted"));
  }
}
