package dev.pgtrickle.engine.capture.model;

/** A rule that is left out. */
public enum Omission {
  PINS,
  PROOF,
  GROWING_HORIZON,
  HORIZON,
  TRUNCATE_CHECK,
  TRUNCATE_LOCK,
  BARRIER,
  STAMP,
  OPEN_GAP
}
