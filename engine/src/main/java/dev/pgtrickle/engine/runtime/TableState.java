package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.RefreshRequest;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.schedule.Backoff;
import dev.pgtrickle.engine.schedule.TableClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a worker knows of one table beside the registry. All methods are safe between threads. */
final class TableState {
  /** Where a table stands in the worker. */
  enum Phase {
    IDLE,
    STALLED
  }

  private final Backoff backoff;
  private final Deque<RefreshRequest> requests = new ArrayDeque<>();
  private final Set<Long> knownRequests = new HashSet<>();
  private MaintainedTable table;
  private Phase phase = Phase.IDLE;
  private boolean requestWaits;
  private int failures;
  private @Nullable Instant lastCurrent;
  private @Nullable Instant retryAt;
  private @Nullable ErrorCode lastFailure;

  TableState(MaintainedTable table, Backoff backoff) {
    this.table = table;
    this.backoff = backoff;
  }

  synchronized MaintainedTable table() {
    return table;
  }

  synchronized void replace(MaintainedTable changed) {
    table = changed;
  }

  synchronized Phase phase() {
    return phase;
  }

  synchronized TableClock clock() {
    return new TableClock(Optional.ofNullable(lastCurrent), Optional.ofNullable(retryAt));
  }

  /** The table shows all that was committed before {@code time}. */
  synchronized void succeeded(Instant time) {
    phase = Phase.IDLE;
    failures = 0;
    retryAt = null;
    lastCurrent = time;
  }

  /** How many failures there were in a row. */
  synchronized int failures() {
    return failures;
  }

  /** Whether the registry may tell of a failure that the next success ends. */
  synchronized boolean isInTrouble() {
    return phase == Phase.STALLED || failures > 0;
  }

  /** Notes a failure that passes; returns how many there were in a row. */
  synchronized int failed(ErrorCode code, Instant now) {
    // A table that was stopped stays so: only a success, or what it was stopped for, ends that.
    if (phase != Phase.STALLED) {
      phase = Phase.IDLE;
    }
    failures++;
    retryAt = now.plus(backoff.delay(failures, code));
    lastFailure = code;
    return failures;
  }

  /** The server answers again: what failed for want of it need not wait any longer. */
  synchronized void serverIsBack() {
    if (lastFailure == ErrorCode.DATABASE_UNAVAILABLE) {
      retryAt = null;
    }
  }

  synchronized void stalled() {
    phase = Phase.STALLED;
    retryAt = null;
  }

  /** Remembers a request once, however often it is read from the queue. */
  synchronized void add(RefreshRequest request) {
    if (knownRequests.add(request.id())) {
      requests.add(request);
      requestWaits = false;
    }
  }

  /** To be tried again after the back-off, before the requests that came later. */
  synchronized void putBack(RefreshRequest request) {
    requests.addFirst(request);
    requestWaits = true;
  }

  /** Its answer was lost: let it be read from the queue again. */
  synchronized void forget(RefreshRequest request) {
    knownRequests.remove(request.id());
  }

  /** Whether somebody asked, and is not waiting for a back-off to pass. */
  synchronized boolean hasRequest(Instant now) {
    return !requests.isEmpty() && !(requestWaits && retryAt != null && retryAt.isAfter(now));
  }

  /** When a request that waits for a back-off is tried again. */
  synchronized Optional<Instant> requestRetriedAt() {
    return requests.isEmpty() || !requestWaits ? Optional.empty() : Optional.ofNullable(retryAt);
  }

  synchronized Optional<RefreshRequest> nextRequest() {
    return Optional.ofNullable(requests.poll());
  }
}
