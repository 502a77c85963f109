package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.definition.AdoptionPolicy;
import dev.pgtrickle.engine.definition.Origin;
import java.util.Optional;

/** Whose a relation is: pure, a row of the table in the documentation each. */
final class OwnershipRule {

  /** What stands under the name of the relation. */
  enum Standing {
    NOTHING,
    /** Something that is not a stream table. */
    FOREIGN_RELATION
  }

  /** What a registry row says of its owner. */
  enum Tenure {
    OWNED,
    /** The owner left, and what his policy says is not done yet. */
    LEAVING,
    TOMBSTONE
  }

  /** Who has the relation by a row of the registry. */
  record Holder(Origin origin, Tenure tenure, Owners.Liveness liveness) {}

  /** What may be done. */
  sealed interface Decision {
    record Create() implements Decision {}

    /** What is in the way is renamed first. */
    record CreateInPlaceOf() implements Decision {}

    record Manage() implements Decision {}

    record Adopt(Origin previous) implements Decision {}

    record Refuse(ApplyOutcome outcome) implements Decision {}
  }

  Decision decide(
      Optional<Holder> holder, Standing standing, Origin asking, AdoptionPolicy policy) {
    if (holder.isPresent()) {
      return decide(holder.get(), asking, policy);
    }
    return switch (standing) {
      case NOTHING -> new Decision.Create();
      case FOREIGN_RELATION ->
          policy == AdoptionPolicy.RENAME_EXISTING
              ? new Decision.CreateInPlaceOf()
              : new Decision.Refuse(new ApplyOutcome.ObjectExists());
    };
  }

  private static Decision decide(Holder holder, Origin asking, AdoptionPolicy policy) {
    return switch (holder.tenure()) {
      case LEAVING -> new Decision.Refuse(new ApplyOutcome.AwaitingOwner(holder.origin()));
      case TOMBSTONE -> inherit(holder, asking, policy);
      case OWNED -> {
        if (isSame(holder.origin(), asking)) {
          yield new Decision.Manage();
        }
        yield switch (holder.liveness()) {
          case ALIVE -> new Decision.Refuse(new ApplyOutcome.Conflict(holder.origin()));
          case UNCERTAIN -> new Decision.Refuse(new ApplyOutcome.AwaitingOwner(holder.origin()));
          case GONE -> inherit(holder, asking, policy);
        };
      }
    };
  }

  private static Decision inherit(Holder holder, Origin asking, AdoptionPolicy policy) {
    return holder.origin().isNamesakeOf(asking) || policy == AdoptionPolicy.IF_ORPHANED
        ? new Decision.Adopt(holder.origin())
        : new Decision.Refuse(new ApplyOutcome.AdoptionRefused(holder.origin()));
  }

  /** A uid is unique where it was given out. */
  static boolean isSame(Origin one, Origin other) {
    return one.kubernetes().equals(other.kubernetes()) && one.uid().equals(other.uid());
  }
}
