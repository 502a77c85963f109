package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.error.TrickleException;
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

  /** Nothing was written: the query must be analysed again first. */
  record DefinitionChanged(String reason) implements RefreshResult {}

  /**
   * The changes cannot be computed by themselves. The rows that are there may well be: among the
   * changes are rows that came and went, and for them an expression may fail.
   */
  record DeltaFailed(TrickleException reason) implements RefreshResult {}

  /** Nothing was written: another table of the unit stands in the way. */
  record Postponed() implements RefreshResult {}

  /** Nothing was written: of the unit's statements this table's failed. */
  record Failed(TrickleException reason) implements RefreshResult {}
}
