package dev.pgtrickle.engine.lifecycle;

import java.util.List;

/** How far a release has come. Asking again is how to wait for its end. */
public sealed interface ReleaseOutcome {

  /** Whether nothing is left to be done for this owner. */
  default boolean isOver() {
    return switch (this) {
      case Done _, HandedOver _, NothingHeld _ -> true;
      case InProgress _, Blocked _ -> false;
    };
  }

  /** This owner has left the relation, which is there still. */
  record Done() implements ReleaseOutcome {}

  /** The relation is the successor's from now on. */
  record HandedOver() implements ReleaseOutcome {}

  /**
   * There is nothing of this owner's: it never had the relation, or all of it is gone, as after a
   * Delete that was in progress. Only who asked before can know which.
   */
  record NothingHeld() implements ReleaseOutcome {}

  /** The worker is at it; it is resumed after a kill. */
  record InProgress() implements ReleaseOutcome {}

  /** Objects of others read the relation; nothing goes before they are gone. */
  record Blocked(List<String> dependants) implements ReleaseOutcome {
    public Blocked {
      dependants = List.copyOf(dependants);
    }
  }
}
