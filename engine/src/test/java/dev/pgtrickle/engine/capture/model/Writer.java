package dev.pgtrickle.engine.capture.model;

/**
 * A transaction that writes one row, which is its number.
 *
 * @param body of the capture function, which it entered when it began
 */
record Writer(Progress progress, Side body) {
  enum Progress {
    NOT_BEGUN,
    /** Inside a body of the capture function, which may be an old one soon. */
    BEGUN,
    WRITTEN,
    COMMITTED,
    ABORTED
  }

  static Writer notBegun() {
    return new Writer(Progress.NOT_BEGUN, Side.A);
  }

  Writer written() {
    return new Writer(Progress.WRITTEN, body);
  }

  /** At its end: what body it was in does not matter any more. */
  Writer ended(Progress end) {
    return new Writer(end, Side.A);
  }

  boolean runs() {
    return progress == Progress.BEGUN || progress == Progress.WRITTEN;
  }

  boolean hasEnded() {
    return progress == Progress.COMMITTED || progress == Progress.ABORTED;
  }
}
