package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.HistoryEntry;
import dev.pgtrickle.engine.catalog.HistoryLog;
import dev.pgtrickle.engine.catalog.RefreshRequest;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.definition.Fallback;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.StreamTableLifecycle;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.refresh.RefreshOrder;
import dev.pgtrickle.engine.refresh.RefreshResult;
import dev.pgtrickle.engine.refresh.Refresher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One refresh of one table with all that may follow from it: remedies, failures, the request. */
final class RefreshTask {
  /** Losing a race for a lock now and then is nothing to tell anybody about. */
  private static final int QUIET_CONFLICTS = 3;

  private static final int REMEDIES_IN_A_ROW = 3;
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final Refresher refresher;
  private final StreamTableLifecycle lifecycle;
  private final FencedTransactions transactions;
  private final WorkBook works;
  private final EngineListener listener;
  private final RequestDesk desk;
  private final Clock clock;
  private final StreamTableRegistry registry = new StreamTableRegistry();
  private final HistoryLog history = new HistoryLog();

  RefreshTask(
      Refresher refresher,
      StreamTableLifecycle lifecycle,
      FencedTransactions transactions,
      WorkBook works,
      EngineListener listener,
      Clock clock) {
    this.refresher = refresher;
    this.lifecycle = lifecycle;
    this.transactions = transactions;
    this.works = works;
    this.listener = listener;
    this.desk = new RequestDesk(transactions, listener);
    this.clock = clock;
  }

  /** Never throws but FENCED_OUT, which ends the worker. */
  void run(TableState state, RefreshOrder.Cause cause) {
    Optional<RefreshRequest> request = state.nextRequest();
    request.ifPresent(desk::begun);
    Instant started = clock.instant();
    RefreshOrder order =
        request
            .map(wish -> RefreshOrder.of(RefreshOrder.Cause.REQUEST, wish(wish)))
            .orElse(RefreshOrder.of(cause, RefreshOrder.Wish.BEST));
    try {
      RefreshResult result = refresh(state, order);
      if (state.isInTrouble()) {
        clearTrouble(state);
      }
      state.succeeded(started);
      request.ifPresent(wish -> desk.succeeded(state, wish, describe(result)));
      if (result instanceof RefreshResult.Refreshed refreshed) {
        listener.on(new EngineEvent.Refreshed(state.table().definition().relation(), refreshed));
      }
    } catch (TrickleException failure) {
      handle(state, order, failure);
      request.ifPresent(wish -> desk.failed(state, wish, failure));
    }
  }

  private RefreshResult refresh(TableState state, RefreshOrder order) {
    RefreshOrder next = order;
    for (int remedies = 0; ; remedies++) {
      RefreshResult result = refresher.refresh(state.table(), next);
      Optional<RefreshOrder> again =
          remedies == REMEDIES_IN_A_ROW ? Optional.empty() : remedy(state, next, result);
      if (again.isEmpty()) {
        return settled(state, result);
      }
      next = again.get();
    }
  }

  private static RefreshResult settled(TableState state, RefreshResult result) {
    if (result instanceof RefreshResult.CaptureBroken
        || result instanceof RefreshResult.WindowsMoved
        || result instanceof RefreshResult.DefinitionChanged) {
      throw TrickleException.of(
          ErrorCode.OBJECT_CHANGED,
          "the sources of %s keep changing under the refresh"
              .formatted(state.table().definition().relation()),
          "it is tried again by itself");
    }
    return result;
  }

  /** Puts right what stood in the way; the order of the next try, or empty when all is well. */
  private Optional<RefreshOrder> remedy(
      TableState state, RefreshOrder order, RefreshResult result) {
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

  private void handle(TableState state, RefreshOrder order, TrickleException failure) {
    MaintainedTable table = state.table();
    switch (failure.code().kind()) {
      case TRANSIENT -> {
        int failures = state.failed(failure.code(), clock.instant());
        if (failure.code() == ErrorCode.OBJECT_CHANGED) {
          lookAgain(state, order, failures);
        }
        boolean conflict =
            failure.code() == ErrorCode.LOCK_TIMEOUT
                || failure.code() == ErrorCode.SERIALIZATION_CONFLICT
                || failure.code() == ErrorCode.OBJECT_CHANGED;
        if (failure.code() != ErrorCode.DATABASE_UNAVAILABLE
            && (!conflict || failures > QUIET_CONFLICTS)) {
          note(table, order, failure);
          listener.on(new EngineEvent.Failed(table.definition().relation(), failure));
        }
      }
      case USER, BUG -> {
        if (failure.code() == ErrorCode.FENCED_OUT) {
          state.stalled();
          throw failure;
        }
        if (failure.code() == ErrorCode.AUTHENTICATION_FAILED) {
          // Credentials are rotated: the table is as good as before, only we cannot get in.
          state.failed(failure.code(), clock.instant());
          return;
        }
        if (failure.code() == ErrorCode.TYPE_CHANGED) {
          // The storage does not fit any more; perhaps it can be changed in place.
          works.want(table.streamTableId());
          state.failed(failure.code(), clock.instant());
          return;
        }
        if (order.wish() == RefreshOrder.Wish.DIFFERENTIAL
            && failure.code() == ErrorCode.UNSUPPORTED) {
          // What was asked for is impossible now; the table itself is none the worse for it.
          state.failed(failure.code(), clock.instant());
          return;
        }
        state.stalled();
        note(table, order, failure);
        stall(table, failure);
        listener.on(new EngineEvent.Stalled(table.definition().relation(), failure));
      }
    }
  }

  /** Something that we name is gone: a drained buffer, or a source. */
  private void lookAgain(TableState state, RefreshOrder order, int failures) {
    if (failures >= QUIET_CONFLICTS) {
      // It does not pass by looking: perhaps something of ours is gone.
      works.want(state.table().streamTableId());
    }
    try {
      state.replace(
          failures == 1
              ? lifecycle.withWindows(state.table())
              : lifecycle.reanalyse(state.table()).table());
    } catch (TrickleException worse) {
      if (worse.code() != ErrorCode.OBJECT_CHANGED) {
        handle(state, order, worse);
      }
    }
  }

  private void note(MaintainedTable table, RefreshOrder order, TrickleException failure) {
    quietly(() ->
        transactions.inTransaction(
            LOCK_TIMEOUT,
            connection -> {
              history.recordFailure(
                  connection,
                  new HistoryEntry(
                      table.streamTableId(),
                      order.cause().word(),
                      order.wish() == RefreshOrder.Wish.FULL ? "Full" : "Differential",
                      "failed",
                      -1),
                  failure);
              registry.recordFailure(connection, table.streamTableId(), failure.oneLine());
              return Boolean.TRUE;
            }));
  }

  private void stall(MaintainedTable table, TrickleException failure) {
    quietly(() ->
        transactions.inTransaction(
            LOCK_TIMEOUT,
            connection -> {
              registry.stall(connection, table.streamTableId(), failure);
              return Boolean.TRUE;
            }));
  }

  private void clearTrouble(TableState state) {
    long id = state.table().streamTableId();
    quietly(() ->
        transactions.inTransaction(
            LOCK_TIMEOUT,
            connection -> {
              registry.recover(connection, id);
              return Boolean.TRUE;
            }));
  }

  /** A report that cannot be written is lost, not the refresh that it is about. */
  private void quietly(Runnable report) {
    try {
      report.run();
    } catch (TrickleException lost) {
      if (lost.code() == ErrorCode.FENCED_OUT) {
        throw lost;
      }
      listener.on(new EngineEvent.Unreachable(lost));
    }
  }

  private static RefreshOrder.Wish wish(RefreshRequest request) {
    return request
        .mode()
        .map(mode ->
            mode == RefreshMode.FULL ? RefreshOrder.Wish.FULL : RefreshOrder.Wish.DIFFERENTIAL)
        .orElse(RefreshOrder.Wish.BEST);
  }

  private static String describe(RefreshResult result) {
    return result instanceof RefreshResult.Refreshed refreshed
        ? "%d inserted, %d updated, %d deleted"
            .formatted(refreshed.rowsInserted(), refreshed.rowsUpdated(), refreshed.rowsDeleted())
        : "no changes";
  }
}
