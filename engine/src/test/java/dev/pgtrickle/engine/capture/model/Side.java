package dev.pgtrickle.engine.capture.model;

/** Where the capture function records. */
enum Side {
  A,
  B,
  /** A body that records nothing. */
  NOWHERE;

  Side other() {
    return this == A ? B : A;
  }
}
