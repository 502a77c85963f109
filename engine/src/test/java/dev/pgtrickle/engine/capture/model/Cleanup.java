package dev.pgtrickle.engine.capture.model;

/** A janitor's transaction that has read its bound and has not committed. */
record Cleanup(Removal removal, Side side, Snapshot bound) {
  enum Removal {
    DELETE,
    TRUNCATE
  }
}
