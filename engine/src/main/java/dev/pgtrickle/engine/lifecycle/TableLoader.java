package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.capture.ChangeCapture;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.refresh.RefreshOrder;
import dev.pgtrickle.engine.refresh.RefreshResult;
import dev.pgtrickle.engine.refresh.Refresher;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Puts the rows in: of a first load, of a changed definition, of a table that is taken up again.
 * What stands in the way of one try is put right; a failure that passes is left to the worker's
 * back-off, which waits without holding anything.
 */
final class TableLoader {
  private static final int REMEDIES_IN_A_ROW = 5;

  private final Refresher refresher;
  private final ChangeCapture capture;
  private final TableAssembly assembly;
  private final Publishing publishing;

  TableLoader(
      Refresher refresher, ChangeCapture capture, TableAssembly assembly, Publishing publishing) {
    this.refresher = refresher;
    this.capture = capture;
    this.assembly = assembly;
    this.publishing = publishing;
  }

  /**
   * Returns the table as it was loaded.
   *
   * @param understood fingerprints of the sources by id, as they were analysed
   * @param reanalyse for sources that have changed since
   */
  MaintainedTable load(
      MaintainedTable table,
      RefreshOrder.Cause cause,
      RefreshOrder.Wish wish,
      Map<Long, List<Long>> understood,
      Function<MaintainedTable, StreamTableLifecycle.Reanalysis> reanalyse) {
    publishing.prepare(table.definition(), table.version());
    MaintainedTable current = table;
    Map<Long, List<Long>> known = understood;
    for (int remedies = 0; remedies < REMEDIES_IN_A_ROW; remedies++) {
      RefreshResult result =
          refresher.refresh(current, new RefreshOrder(cause, wish, Map.copyOf(known)));
      switch (result) {
        case RefreshResult.Refreshed refreshed -> {
          return current.populated();
        }
        case RefreshResult.Unchanged unchanged ->
            throw new IllegalStateException("a load always writes");
        case RefreshResult.CaptureBroken broken -> {
          capture.repair(broken.sourceId());
          current = assembly.withWindows(current);
        }
        case RefreshResult.WindowsMoved moved -> current = assembly.withWindows(current);
        case RefreshResult.DefinitionChanged changed -> {
          StreamTableLifecycle.Reanalysis reanalysis = reanalyse.apply(current);
          current = reanalysis.table();
          known = reanalysis.fingerprints();
        }
        case RefreshResult.DeltaFailed failed -> throw failed.reason();
        case RefreshResult.Failed failed -> throw failed.reason();
        case RefreshResult.Postponed postponed ->
            throw new IllegalStateException("a load is a unit of its own");
      }
    }
    throw TrickleException.of(
        ErrorCode.OBJECT_CHANGED,
        "the sources of %s keep changing".formatted(table.definition().relation()),
        "it is tried again by itself");
  }
}
