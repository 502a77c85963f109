package dev.pgtrickle.engine.capture.model;

import org.jspecify.annotations.Nullable;

/**
 * A consumer with its stored frontier and rows, and those of the transaction that it is in.
 *
 * @param twice whether a row was added that was there already
 */
record Consumer(
    Life life,
    @Nullable Snapshot frontier,
    boolean pinned,
    int rows,
    @Nullable Snapshot nextFrontier,
    int nextRows,
    boolean twice,
    int refreshesLeft) {

  enum Life {
    ABSENT,
    PINNED,
    LOADING,
    ACTIVE,
    REFRESHING,
    GONE
  }

  static Consumer loaded(Snapshot frontier, int refreshes) {
    return new Consumer(Life.ACTIVE, frontier, true, 0, null, 0, false, refreshes);
  }

  static Consumer absent(int refreshes) {
    return new Consumer(Life.ABSENT, null, false, 0, null, 0, false, refreshes);
  }

  static Consumer gone() {
    return new Consumer(Life.GONE, null, false, 0, null, 0, false, 0);
  }

  boolean isInTransaction() {
    return life == Life.LOADING || life == Life.REFRESHING;
  }

  boolean holdsPin() {
    return pinned && life != Life.ABSENT && life != Life.GONE;
  }

  Consumer pinnedAt(Snapshot now) {
    return new Consumer(Life.PINNED, now, true, 0, null, 0, false, refreshesLeft);
  }

  Consumer loading(Snapshot now, int truth) {
    return new Consumer(Life.LOADING, frontier, true, 0, now, truth, false, refreshesLeft);
  }

  Consumer refreshing(Snapshot now, int result, boolean addsTwice) {
    return new Consumer(
        Life.REFRESHING, frontier, pinned, rows, now, result, addsTwice, refreshesLeft - 1);
  }

  Consumer committed() {
    return new Consumer(Life.ACTIVE, nextFrontier, pinned, nextRows, null, 0, twice, refreshesLeft);
  }

  Consumer died() {
    Life before = life == Life.LOADING ? Life.PINNED : Life.ACTIVE;
    return new Consumer(before, frontier, pinned, rows, null, 0, false, refreshesLeft);
  }

  Consumer suspended() {
    return new Consumer(life, frontier, false, rows, null, 0, false, refreshesLeft);
  }

  Consumer resumed() {
    return new Consumer(life, frontier, true, rows, null, 0, false, refreshesLeft);
  }
}
