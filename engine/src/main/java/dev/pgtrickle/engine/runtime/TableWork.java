package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.RefreshRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of which something is wanted that may not be so yet. Guarded by its {@link WorkBook}. */
final class TableWork {
  private final long streamTableId;
  private final Map<Long, RefreshRequest> requests = new LinkedHashMap<>();
  private boolean running;
  private boolean wantedAgain;
  private int failures;
  private @Nullable Instant retryAt;
  private @Nullable TableState former;

  TableWork(long streamTableId) {
    this.streamTableId = streamTableId;
  }

  long streamTableId() {
    return streamTableId;
  }

  /** How many failures there were in a row. */
  int failures() {
    return failures;
  }

  /** The table as it was maintained before. */
  @Nullable TableState former() {
    return former;
  }

  void started(@Nullable TableState before) {
    running = true;
    wantedAgain = false;
    if (before != null) {
      former = before;
    }
  }

  boolean isDue(Instant now) {
    return !running && (retryAt == null || !retryAt.isAfter(now));
  }

  boolean isRunning() {
    return running;
  }

  void wanted() {
    wantedAgain = running;
    retryAt = null;
  }

  /** Whether nothing else was wanted while it ran. */
  boolean isOver() {
    running = false;
    failures = 0;
    return !wantedAgain;
  }

  void failed(Instant next) {
    running = false;
    failures++;
    retryAt = wantedAgain ? null : next;
  }

  void remember(RefreshRequest request) {
    requests.put(request.id(), request);
  }

  /** What users asked for meanwhile, to be answered by a refusal. */
  List<RefreshRequest> takeRequests() {
    List<RefreshRequest> taken = new ArrayList<>(requests.values());
    requests.clear();
    return taken;
  }
}
