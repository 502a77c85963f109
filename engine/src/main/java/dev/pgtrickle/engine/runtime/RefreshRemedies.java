package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.StreamTableLifecycle;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.refresh.RefreshOrder;
import dev.pgtrickle.engine.refresh.RefreshResult;
import java.util.Map;
import java.util.Optional;

/** Puts right what stood in the way of a refresh. */
final class RefreshRemedies {
  private final StreamTableLifecycle lifecycle;
  private final EngineListener listener;

  RefreshRemedies(StreamTableLifecycle lifecycle, EngineListener listener) {
    this.lifecycle = lifecycle;
    this.listener = listener;
  }

  /**
   * The order of the next try, or empty when nothing is in the way.
   *
   * @throws TrickleException when it cannot be put right
   */
  Optional<RefreshOrder> after(TableState state, RefreshOrder order, RefreshResult result) {
    MaintainedTable table = state.table();
    return switch (result) {
      case RefreshResult.Unchanged unchanged -> Optional.empty();
      case RefreshResult.Refreshed refreshed -> Optional.empty();
      case RefreshResult.WindowsMoved moved -> {
        state.replace(lifecycle.withWindows(table));
        yield Optional.of(order);
      }
      case RefreshResult.CaptureBroken broken -> {
        try {
          state.replace(lifecycle.repairCapture(table, broken.sourceId()));
        } catch (TrickleException gone) {
          if (gone.code() != ErrorCode.SOURCE_MISSING) {
            throw gone;
          }
          // The table was dropped; perhaps there is another one of its name by now.
          yield reanalysed(state, order, broken.reason());
        }
        listener.on(
            new EngineEvent.Remedied(
                table.definition().relation(), "capture repaired: " + broken.reason()));
        yield Optional.of(order);
      }
      case RefreshResult.DefinitionChanged changed -> reanalysed(state, order, changed.reason());
      case RefreshResult.DeltaFailed failed -> recomputed(table, order, failed.reason());
      case RefreshResult.Failed failed -> throw failed.reason();
      case RefreshResult.Postponed postponed -> Optional.empty();
    };
  }

  private Optional<RefreshOrder> recomputed(
      MaintainedTable table, RefreshOrder order, TrickleException reason) {
    if (order.wish() != RefreshOrder.Wish.BEST || table.definition().fallback() == Fallback.NEVER) {
      throw reason;
    }
    listener.on(
        new EngineEvent.Remedied(
            table.definition().relation(), "computed again in full: " + reason.what()));
    return Optional.of(
        new RefreshOrder(order.cause(), RefreshOrder.Wish.RECOMPUTATION, order.understood()));
  }

  private Optional<RefreshOrder> reanalysed(TableState state, RefreshOrder order, String reason) {
    StreamTableLifecycle.Reanalysis analysis = lifecycle.reanalyse(state.table());
    state.replace(analysis.table());
    listener.on(
        new EngineEvent.Remedied(
            state.table().definition().relation(), "analysed again: " + reason));
    return Optional.of(
        new RefreshOrder(order.cause(), order.wish(), Map.copyOf(analysis.fingerprints())));
  }
}
