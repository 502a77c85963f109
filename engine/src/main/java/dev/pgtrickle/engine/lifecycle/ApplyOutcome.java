package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.definition.Origin;

/**
 * What was decided about a definition. The work that follows from it is the worker's; how far it
 * has come is in the reports. A definition that is wrong in itself is no outcome but an error.
 */
public sealed interface ApplyOutcome {

  /** The relation is claimed and will be created and loaded. */
  record Created() implements ApplyOutcome {}

  /** All of it was accepted before; the work may still be going on. */
  record Unchanged() implements ApplyOutcome {}

  /** The change was accepted. */
  record Changed(Extent extent) implements ApplyOutcome {
    /** What a change touches. */
    public enum Extent {
      /** Schedule, limits, policies, indexes, grants: the rows stay as they are. */
      SETTINGS,
      /** Another answer: readers are served the old one until the new one is whole. */
      ROWS
    }
  }

  /**
   * A relation that somebody left was taken over; its rows are served from the beginning.
   *
   * @param previous who had it before
   */
  record Adopted(Origin previous) implements ApplyOutcome {}

  /** A relation that was in the way was renamed and kept; the stream table takes its place. */
  record Renamed(String keptAs) implements ApplyOutcome {}

  /** The new query waits for a person; the old one is maintained meanwhile. */
  record AwaitingApproval(PendingDefinition pending) implements ApplyOutcome {}

  /** The table's policy refuses another query; the old one is maintained. */
  record ChangeRejected(PendingDefinition pending) implements ApplyOutcome {}

  /** Somebody who exists has the relation. Nothing was written. */
  record Conflict(Origin owner) implements ApplyOutcome {}

  /** A relation that is not a stream table is in the way. Nothing was written. */
  record ObjectExists() implements ApplyOutcome {}

  /** The relation was left by somebody else, and the policy does not allow to take it. */
  record AdoptionRefused(Origin previous) implements ApplyOutcome {}

  /** Whoever has the relation is about to leave it: ask again soon. */
  record AwaitingOwner(Origin owner) implements ApplyOutcome {}

  /** Whether the relation is the asker's now, whatever became of his latest wish. */
  default Claim claim() {
    return switch (this) {
      case Created _, Unchanged _, Changed _, Adopted _, Renamed _ -> Claim.HELD;
      case AwaitingApproval _, ChangeRejected _ -> Claim.HELD;
      case Conflict _, ObjectExists _, AdoptionRefused _, AwaitingOwner _ -> Claim.NOT_HELD;
    };
  }

  /** Whose the relation is. */
  enum Claim {
    HELD,
    NOT_HELD
  }
}
