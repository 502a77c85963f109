package dev.pgtrickle.engine.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One source of a storage version as the first SELECT of a refresh sees it.
 *
 * @param versionId whose frontier it is
 * @param snapshot the stored frontier S, as text
 * @param oldestTransaction pg_snapshot_xmin(S), as text: the prefilter of P1
 * @param complete the proof of P4: no change since S was removed from the buffers
 * @param earlierGap what the gap was whose end S has not seen, where there is more to say of it
 * @param buffersStand unlogged buffers hold what was captured: no crash has emptied them
 * @param leasePassed the deadline of P18: changes may be missing
 * @param windowCurrent the window that the statements were made for names all buffers to read;
 *     otherwise roll back, ask for the window again and start again
 * @param storedStamp what our triggers and functions looked like when we left them
 * @param presentStamp what they look like
 * @param storedFingerprint what the catalog looked like at S
 * @param presentFingerprint what it looks like
 * @param storedTrace the versions of all that catalog at S, as one number
 * @param presentTrace the same now
 * @param changes rows of the window, counted as far as was asked
 */
public record SourceState(
    long versionId,
    long sourceId,
    String snapshot,
    String oldestTransaction,
    boolean complete,
    Optional<String> earlierGap,
    boolean buffersStand,
    boolean leasePassed,
    boolean windowCurrent,
    List<Long> storedStamp,
    List<Long> presentStamp,
    List<Long> storedFingerprint,
    List<Long> presentFingerprint,
    long storedFilenode,
    long presentFilenode,
    Optional<Long> storedTrace,
    long presentTrace,
    int changes,
    Markers markers) {

  /**
   * What stands in the window beside rows.
   *
   * @param reset the table was truncated without images: full by difference
   * @param truncated the table was truncated, its images are in the window
   * @param expired the deadline passed: a capture gap
   */
  public record Markers(boolean reset, boolean truncated, boolean expired) {}

  /**
   * Whether no row of the catalog was written that a stamp or a fingerprint speaks of. What was
   * never read completely is not untouched.
   */
  public boolean catalogIsUntouched() {
    return !storedFingerprint.isEmpty() && storedTrace.equals(Optional.of(presentTrace));
  }

  /**
   * Why capture cannot be trusted, in words; empty = it can. Otherwise {@link
   * ChangeCapture#repair}, and only then a full refresh.
   */
  public List<String> gap() {
    List<String> reasons = new ArrayList<>();
    List<CapturePart> parts = List.of(CapturePart.values());
    if (storedStamp.size() != parts.size() || presentStamp.size() != parts.size()) {
      reasons.add("the capture was never completed");
    } else {
      for (int index = 0; index < parts.size(); index++) {
        if (!storedStamp.get(index).equals(presentStamp.get(index))) {
          reasons.add(parts.get(index).words());
        }
      }
    }
    if (leasePassed || markers.expired()) {
      reasons.add("nobody renewed the lease of the capture in time");
    }
    if (!buffersStand) {
      reasons.add(Sentinel.REASON);
    }
    return List.copyOf(reasons);
  }

  /** What changed in the catalog since S. */
  public FingerprintDifference difference() {
    return FingerprintDifference.between(storedFingerprint, presentFingerprint);
  }

  /** The same with changes that nobody could count yet. */
  public SourceState withMore(int more) {
    return more == 0
        ? this
        : new SourceState(
            versionId,
            sourceId,
            snapshot,
            oldestTransaction,
            complete,
            earlierGap,
            buffersStand,
            leasePassed,
            windowCurrent,
            storedStamp,
            presentStamp,
            storedFingerprint,
            presentFingerprint,
            storedFilenode,
            presentFilenode,
            storedTrace,
            presentTrace,
            changes + more,
            markers);
  }

  /** Whether the table was rewritten or emptied by something that left no trace in the window. */
  public boolean rewritten() {
    return storedFilenode != presentFilenode && !markers.truncated() && !markers.reset();
  }
}
