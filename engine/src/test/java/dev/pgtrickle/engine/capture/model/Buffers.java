package dev.pgtrickle.engine.capture.model;

/** The two sides of the ring, with the rows in each as bits, and the one that is written to. */
record Buffers(int rowsOfA, int rowsOfB, Side active) {
  int rowsOf(Side side) {
    return side == Side.A ? rowsOfA : rowsOfB;
  }

  int rows() {
    return rowsOfA | rowsOfB;
  }

  Buffers withRowsOf(Side side, int rows) {
    return side == Side.A ? new Buffers(rows, rowsOfB, active) : new Buffers(rowsOfA, rows, active);
  }

  /** What a writer in that body leaves. */
  Buffers recorded(Side body, int row) {
    return body == Side.NOWHERE ? this : withRowsOf(body, rowsOf(body) | row);
  }

  Buffers without(int row) {
    return new Buffers(rowsOfA & ~row, rowsOfB & ~row, active);
  }

  Buffers turned() {
    return new Buffers(rowsOfA, rowsOfB, active.other());
  }
}
