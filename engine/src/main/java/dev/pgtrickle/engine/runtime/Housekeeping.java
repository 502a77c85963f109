package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.capture.ChangeCapture;
import dev.pgtrickle.engine.capture.Janitor;
import dev.pgtrickle.engine.catalog.DriftRegistry;
import dev.pgtrickle.engine.catalog.HistoryLog;
import dev.pgtrickle.engine.catalog.Ownership;
import dev.pgtrickle.engine.catalog.RequestQueue;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import java.time.Duration;
import java.time.Instant;

/** What has to be done now and then in a database: buffers, leases, gates, history. */
final class Housekeeping {
  private static final Duration RARELY = Duration.ofMinutes(1);
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  /** Other refreshes wait for so long at most until one that runs leaves us a gap. */
  private static final Duration HOLD_OFF = Duration.ofSeconds(1);

  private static final int MISSED_TIMES = 6;

  private final FencedTransactions transactions;
  private final Janitor janitor;
  private final ChangeCapture capture;
  private final CaptureWatch captureWatch;
  private final GateKeeper gateKeeper;
  private final EngineListener listener;
  private final Duration every;
  private final HistoryLog history = new HistoryLog();
  private final RequestQueue requests = new RequestQueue();
  private final DriftRegistry drift = new DriftRegistry();
  private final Ownership ownership = new Ownership();
  private Instant last = Instant.EPOCH;
  private Instant lastRare = Instant.EPOCH;
  private Instant heldOffFrom = Instant.EPOCH;
  private volatile boolean besideRuns;
  private volatile Instant lastBeside = Instant.EPOCH;
  private volatile Instant lastLease = Instant.EPOCH;

  Housekeeping(
      FencedTransactions transactions,
      Janitor janitor,
      ChangeCapture capture,
      CaptureWatch captureWatch,
      GateKeeper gateKeeper,
      EngineListener listener,
      Duration every) {
    this.transactions = transactions;
    this.janitor = janitor;
    this.capture = capture;
    this.captureWatch = captureWatch;
    this.gateKeeper = gateKeeper;
    this.listener = listener;
    this.every = every;
  }

  boolean isDue(Instant now) {
    return !last.plus(every).isAfter(now);
  }

  /** Each chore on its own: one that fails is tried again next time. */
  void run(Instant now) {
    last = now;
    attempt(() -> janitor.clean(now));
    attempt(gateKeeper::openWherePossible);
    if (!lastRare.plus(RARELY).isAfter(now)) {
      lastRare = now;
      attempt(this::prune);
    }
  }

  /**
   * Whether refreshes should hold off, since they never left a gap for us. Only for a moment now
   * and then: a refresh that runs for long would stop all other tables.
   */
  boolean isOverdue(Instant now) {
    Duration missed = every.multipliedBy(MISSED_TIMES);
    if (last.equals(Instant.EPOCH) || last.plus(missed).isAfter(now)) {
      return false;
    }
    if (!heldOffFrom.plus(HOLD_OFF).plus(missed).isAfter(now)) {
      heldOffFrom = now;
    }
    return heldOffFrom.plus(HOLD_OFF).isAfter(now);
  }

  /** Whether it is time for what refreshes do not disturb; then it counts as begun. */
  boolean beginBeside(Instant now) {
    if (besideRuns || lastBeside.plus(every).isAfter(now)) {
      return false;
    }
    lastBeside = now;
    besideRuns = true;
    return true;
  }

  /**
   * Applications wait for a repair, and capture for its lease. In a thread of its own: a source
   * that somebody has locked delays no other table.
   */
  void runBeside() {
    Instant now = lastBeside;
    try {
      attempt(() ->
          captureWatch.broken().forEach(source -> attempt(() -> captureWatch.repair(source))));
      if (!lastLease.plus(RARELY).isAfter(now)) {
        lastLease = now;
        attempt(() -> capture.renewLeases(now));
      }
    } finally {
      besideRuns = false;
    }
  }

  private void prune() {
    transactions.inTransaction(
        LOCK_TIMEOUT,
        connection -> {
          requests.prune(connection);
          drift.prune(connection);
          ownership.forgetClosed(connection);
          return history.prune(connection);
        });
  }

  private void attempt(Runnable chore) {
    try {
      chore.run();
    } catch (TrickleException failure) {
      if (failure.code() == ErrorCode.FENCED_OUT) {
        throw failure;
      }
      boolean conflict =
          failure.code() == ErrorCode.LOCK_TIMEOUT
              || failure.code() == ErrorCode.SERIALIZATION_CONFLICT
              || failure.code() == ErrorCode.OBJECT_CHANGED;
      if (!conflict) {
        listener.on(new EngineEvent.Unreachable(failure));
      }
    }
  }
}
