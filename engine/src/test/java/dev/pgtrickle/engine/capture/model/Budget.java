package dev.pgtrickle.engine.capture.model;

/** How often something may still happen, so that the world is finite. */
record Budget(int cleanups, int flips, int unpins, int tamperings) {
  static Budget of(Limits limits) {
    return new Budget(limits.cleanups(), limits.flips(), limits.unpins(), limits.tamperings());
  }

  Budget lessOneCleanup() {
    return new Budget(cleanups - 1, flips, unpins, tamperings);
  }

  Budget lessOneFlip() {
    return new Budget(cleanups, flips - 1, unpins, tamperings);
  }

  Budget lessOneUnpin() {
    return new Budget(cleanups, flips, unpins - 1, tamperings);
  }

  Budget lessOneTampering() {
    return new Budget(cleanups, flips, unpins, tamperings - 1);
  }
}
