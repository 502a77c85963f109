package dev.pgtrickle.engine.capture.model;

import org.jspecify.annotations.Nullable;

/**
 * Whether changes are recorded, and what the registry says of it.
 *
 * @param stampHolds whether the fingerprint of the triggers is the one that was noted
 * @param horizon before which changes may be missing; none while a gap is open
 */
record Capture(boolean capturing, boolean stampHolds, @Nullable Snapshot horizon, Repair repair) {

  /** Where the repair of a gap stands. */
  enum Repair {
    NONE,
    WRITTEN,
    BARRIER_PASSED
  }

  Capture withTriggers(boolean enabled, boolean asNoted) {
    return new Capture(enabled, asNoted, horizon, repair);
  }

  Capture withHorizon(@Nullable Snapshot raised, Repair stage) {
    return new Capture(capturing, stampHolds, raised, stage);
  }
}
