package dev.pgtrickle.engine.refresh;

import java.time.Duration;
import java.time.Instant;

/** How a refresh ended, if no error ended it. */
public sealed interface RefreshResult {

  /** Nothing was new; nothing was written. The table is current as of {@code observedAt}. */
  record Unchanged(Instant observedAt) implements RefreshResult {}

  /** Committed. */
  record Refreshed(
      RefreshChoice choice,
      Instant finishedAt,
      Duration duration,
      long rowsInserted,
      long rowsUpdated,
      long rowsDeleted)
      implements RefreshResult {}

  /** Nothing was written: capture must be repaired first. */
  record CaptureBroken(long sourceId, String reason) implements RefreshResult {}

  /** Nothing was written: there are more buffers to read than the statements know. */
  record WindowsMoved() implements RefreshResult {}

  /**
   * Nothing was written: an expression failed in the delta, over values that need not be in any
   * present row. A full refresh tells.
   */
  record DeltaFailed(String reason) implements RefreshResult {}

  /** Nothing was written: the query must be analysed again first. */
  record DefinitionChanged(String reason) implements RefreshResult {}
}
