package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.RefreshRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables that a worker has to bring to what is wanted of them: each on its own, so that one
 * that waits for a lock or loads for an hour delays nobody else.
 */
final class WorkBook {
  private final Map<Long, TableWork> works = new LinkedHashMap<>();
  private int running;

  /**
   * To be looked at as soon as possible, also if it waits after a failure or is being worked on.
   */
  synchronized void want(long streamTableId) {
    works.computeIfAbsent(streamTableId, TableWork::new).wanted();
  }

  /** The same for what may be known already; it waits as long as it was told to. */
  synchronized void remind(long streamTableId) {
    works.computeIfAbsent(streamTableId, TableWork::new);
  }

  /**
   * Work that is due and whose table nobody refreshes right now; it counts as begun. The table
   * leaves the book, since its definition may be another one when the work is done.
   */
  synchronized List<TableWork> begin(Instant now, int atMost, TableBook tables) {
    List<TableWork> begun = new ArrayList<>();
    for (TableWork work : works.values()) {
      if (running < atMost && work.isDue(now) && !tables.isRunning(work.streamTableId())) {
        work.started(tables.remove(work.streamTableId()).orElse(null));
        running++;
        begun.add(work);
      }
    }
    return begun;
  }

  synchronized void done(TableWork work) {
    running--;
    if (work.isOver()) {
      works.remove(work.streamTableId());
    }
  }

  synchronized void failed(TableWork work, Instant retryAt) {
    running--;
    work.failed(retryAt);
  }

  /** A request for a table that is not refreshed; whoever stands still tries once more. */
  synchronized boolean ask(RefreshRequest request) {
    TableWork work = works.get(request.streamTableId());
    if (work == null) {
      return false;
    }
    work.remember(request);
    if (!work.isRunning() && work.failures() > 0) {
      work.wanted();
    }
    return true;
  }

  synchronized List<RefreshRequest> takeRequests(TableWork work) {
    return work.takeRequests();
  }

  /** Whether nothing is being created, changed or removed at this moment. */
  synchronized boolean isQuiet() {
    return running == 0;
  }

  /** Whether a try is under way or about to begin. */
  synchronized boolean isUndecided(long streamTableId, Instant now) {
    TableWork work = works.get(streamTableId);
    return work != null && (work.isRunning() || work.isDue(now));
  }

  synchronized boolean isWaiting(long streamTableId) {
    return works.containsKey(streamTableId);
  }
}
