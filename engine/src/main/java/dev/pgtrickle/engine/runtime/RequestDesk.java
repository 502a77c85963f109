package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.RefreshRequest;
import dev.pgtrickle.engine.catalog.RequestQueue;
import dev.pgtrickle.engine.catalog.RequestState;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.TransactionWork;
import java.time.Duration;

/**
 * Tells users what becomes of their requests. What passes by itself never ends a request: it is put
 * back and tried again with the table's own back-off.
 */
final class RequestDesk {
  /** With the back-off after a conflict this is a good ten seconds of trying. */
  private static final int ATTEMPTS = 10;

  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final FencedTransactions transactions;
  private final EngineListener listener;
  private final RequestQueue requests = new RequestQueue();

  RequestDesk(FencedTransactions transactions, EngineListener listener) {
    this.transactions = transactions;
    this.listener = listener;
  }

  void begun(RefreshRequest request) {
    write(connection -> {
      requests.markRunning(connection, request.id());
      return Boolean.TRUE;
    });
  }

  void succeeded(TableState state, RefreshRequest request, String what) {
    finish(state, request, RequestState.succeeded(what));
  }

  void failed(TableState state, RefreshRequest request, TrickleException reason) {
    boolean passes = reason.code().kind() == ErrorCode.Kind.TRANSIENT;
    boolean nobodyToTell = reason.code() == ErrorCode.DATABASE_UNAVAILABLE;
    if (nobodyToTell || (passes && state.failures() < ATTEMPTS)) {
      state.putBack(request);
    } else {
      finish(state, request, RequestState.failed(reason));
    }
  }

  /** An answer that cannot be written: the request is read again and acted upon once more. */
  private void finish(TableState state, RefreshRequest request, RequestState result) {
    TransactionWork<Boolean> report =
        connection -> {
          requests.finish(connection, request.id(), result);
          return Boolean.TRUE;
        };
    if (!write(report)) {
      state.forget(request);
    }
  }

  private boolean write(TransactionWork<Boolean> report) {
    try {
      return transactions.inTransaction(LOCK_TIMEOUT, report);
    } catch (TrickleException lost) {
      if (lost.code() == ErrorCode.FENCED_OUT) {
        throw lost;
      }
      listener.on(new EngineEvent.Unreachable(lost));
      return false;
    }
  }
}
