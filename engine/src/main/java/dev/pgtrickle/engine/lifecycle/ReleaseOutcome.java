package dev.pgtrickle.engine.lifecycle;

import java.util.List;

/** How far a release has come. Asking again is how to wait for its end. */
public sealed interface ReleaseOutcome {

  /** There is nothing of this owner's (any more). */
  record Done() implements ReleaseOutcome {}

  /** The worker is at it; it is resumed after a kill. */
  record InProgress() implements ReleaseOutcome {}

  /** Objects of others read the relation; nothing goes before they are gone. */
  record Blocked(List<String> dependants) implements ReleaseOutcome {
    public Blocked {
      dependants = List.copyOf(dependants);
    }
  }
}
