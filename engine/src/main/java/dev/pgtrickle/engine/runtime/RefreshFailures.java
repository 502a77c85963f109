package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.HistoryEntry;
import dev.pgtrickle.engine.catalog.HistoryLog;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.StreamTableLifecycle;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.refresh.RefreshOrder;
import java.time.Clock;
import java.time.Duration;

/** What becomes of a table whose refresh failed: tried again, looked at anew, or stopped. */
final class RefreshFailures {
  /** Losing a race for a lock now and then is nothing to tell anybody about. */
  private static final int QUIET_CONFLICTS = 3;

  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final StreamTableLifecycle lifecycle;
  private final FencedTransactions transactions;
  private final WorkBook works;
  private final EngineListener listener;
  private final Clock clock;
  private final StreamTableRegistry registry = new StreamTableRegistry();
  private final HistoryLog history = new HistoryLog();

  RefreshFailures(
      StreamTableLifecycle lifecycle,
      FencedTransactions transactions,
      WorkBook works,
      EngineListener listener,
      Clock clock) {
    this.lifecycle = lifecycle;
    this.transactions = transactions;
    this.works = works;
    this.listener = listener;
    this.clock = clock;
  }

  /** Never throws but FENCED_OUT, which ends the worker. */
  void handle(TableState state, RefreshOrder order, TrickleException failure) {
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

  /** Nothing is wrong with it any more. */
  void clearTrouble(TableState state) {
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
}
