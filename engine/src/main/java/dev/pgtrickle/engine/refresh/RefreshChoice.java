package dev.pgtrickle.engine.refresh;

import dev.pgtrickle.engine.catalog.VersionContents;
import dev.pgtrickle.engine.plan.RowBound;

/** What a refresh does about the state that it found. */
public sealed interface RefreshChoice {

  /** No source has a change that the table has not seen. */
  record Nothing() implements RefreshChoice {}

  /** A prepared statement over few changes, of each source not more than the bound. */
  record SmallDelta(long changes, RowBound bound) implements RefreshChoice {}

  /** Staged and analysed changes. */
  record LargeDelta(long changes) implements RefreshChoice {}

  /** The difference between storage and query, by image. */
  record FullDifference(String reason) implements RefreshChoice {}

  /** The first load into an empty storage. */
  record InitialLoad() implements RefreshChoice {}

  /** The rows of a changed definition, put over the old ones or in their place (P8). */
  record Fill(VersionContents.Fill fill) implements RefreshChoice {}

  /** Capture has a gap: repair it (P3, P4), then refresh fully. Nothing is written now. */
  record RepairCapture(long sourceId, String reason) implements RefreshChoice {}

  /** Buffers were added since the statements were made. Nothing is written now. */
  record RenewWindows() implements RefreshChoice {}

  /** The definition of a source changed: analyse the query again, then refresh fully. */
  record Reanalyse(String reason) implements RefreshChoice {}
}
