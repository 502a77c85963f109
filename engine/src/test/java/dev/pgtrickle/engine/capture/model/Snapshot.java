package dev.pgtrickle.engine.capture.model;

/** As pg_snapshot: everything below {@code next} but what is running is visible. */
record Snapshot(int next, int running) {
  boolean sees(int transaction) {
    return transaction < next && (running & (1 << transaction)) == 0;
  }

  /** The formula of pgtrickle.snapshot_within. */
  boolean within(Snapshot other) {
    if (next > other.next) {
      return false;
    }
    for (int transaction = 0; transaction < Integer.SIZE; transaction++) {
      if ((other.running & (1 << transaction)) != 0 && sees(transaction)) {
        return false;
      }
    }
    return true;
  }
}
