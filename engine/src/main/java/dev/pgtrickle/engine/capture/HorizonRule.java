package dev.pgtrickle.engine.capture;

/**
 * P4, horizons: everything that is visible in the horizon of a source may have been removed from
 * its buffers, so a consumer is complete only when its frontier contains the horizon. A horizon
 * never shrinks; while it is NULL (a capture gap is open) nothing contains it.
 */
public class HorizonRule {

  /** An expression for the raised horizon. */
  String raised(String horizon, String removed) {
    return "pgtrickle.snapshot_union(%s, %s)".formatted(horizon, removed);
  }

  /** The proof of a refresh: a condition that is never NULL. */
  String proof(String horizon, String frontier) {
    return "coalesce(pgtrickle.snapshot_within(%s, %s), false)".formatted(horizon, frontier);
  }
}
