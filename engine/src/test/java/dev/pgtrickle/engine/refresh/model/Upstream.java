package dev.pgtrickle.engine.refresh.model;

/**
 * A stream table over the base table, as its refreshes and the registry have it.
 *
 * @param storage which table has its rows: another one after a swap, or when it was created again
 * @param number how many transactions have written that table
 */
record Upstream(int storage, int number, Content content, Activity activity) {
  enum Activity {
    ACTIVE,
    SUSPENDED
  }

  boolean isActive() {
    return activity == Activity.ACTIVE;
  }

  /** After a refresh that is logged. */
  Upstream refreshed(int base) {
    return next(new Content(content.definition(), base));
  }

  /** Other rows under the next number. */
  Upstream next(Content changed) {
    return new Upstream(storage, number + 1, changed, activity);
  }

  /** Other rows that no entry leads to. */
  Upstream begunAnew(int freshStorage, Content changed) {
    return new Upstream(freshStorage, 0, changed, activity);
  }

  /** Other rows, and nobody is told. */
  Upstream silently(Content changed) {
    return new Upstream(storage, number, changed, activity);
  }

  Upstream with(Activity other) {
    return new Upstream(storage, number, content, other);
  }
}
