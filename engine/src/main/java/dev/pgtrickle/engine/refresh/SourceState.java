package dev.pgtrickle.engine.refresh;

import java.util.List;

/**
 * What the first SELECT of a refresh reads of one source, all at S'.
 *
 * @param snapshot the stored frontier S, as text
 * @param oldestTransaction pg_snapshot_xmin(S), as text
 * @param completeness P4's proof: nothing newer than S was cleaned away
 * @param changes captured rows of the window, counted up to one more than the small limit
 * @param markers which markers stand in the window
 * @param differences P7: what changed besides rows, in words; empty when nothing did
 * @param captureDifferences what changed about our own triggers and functions
 * @param fingerprint the present one, as bigint[] text, to be stored after a full refresh
 * @param filenode the present relfilenode
 * @param storage whether the relfilenode is still the one that was stored
 * @param lease P18: whether capture still records
 */
public record SourceState(
    long sourceId,
    long relationOid,
    String snapshot,
    String oldestTransaction,
    Completeness completeness,
    long changes,
    Markers markers,
    List<String> differences,
    List<String> captureDifferences,
    String fingerprint,
    long filenode,
    FileIdentity storage,
    Lease lease) {

  /** Whether the changes since S are all there. */
  public enum Completeness {
    PROVEN,
    NOT_PROVEN
  }

  /** Which kinds of marker rows the window holds. */
  public record Markers(Presence reset, Presence truncated, Presence expired) {}

  /** Whether something is there. */
  public enum Presence {
    PRESENT,
    ABSENT;

    static Presence of(boolean there) {
      return there ? PRESENT : ABSENT;
    }
  }

  /** Whether the table still stands in the same file. */
  public enum FileIdentity {
    SAME,
    REPLACED
  }

  /** Whether the dead man's switch has tripped. */
  public enum Lease {
    VALID,
    EXPIRED
  }
}
