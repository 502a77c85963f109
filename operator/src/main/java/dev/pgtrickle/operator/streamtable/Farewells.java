package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.EventReason;
import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.crds.streamtable.StreamTableStatus;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.operator.event.EventNote;
import java.util.Optional;

/** What is told about the relation of a resource that goes. Pure. */
final class Farewells {
  /** Reconciling while the engine is at a release; nothing else says this of a deleted resource. */
  static final StreamTableReason BEING_RELEASED = StreamTableReason.REBUILDING;

  EventNote released(Facts facts, Whereabouts where) {
    return switch (Circumstances.policy(facts)) {
      case RETAIN -> note(EventReason.RELEASED, where, "was released; the relation stays as it is");
      case DELETE -> note(EventReason.DROPPED, where, "was dropped");
      case ORPHAN -> note(EventReason.RELEASED, where, "was released; capture goes on for a day");
    };
  }

  EventNote handedOver(Whereabouts where, Origin to) {
    return note(EventReason.OWNERSHIP_TRANSFERRED, where, "was handed over to " + to);
  }

  /**
   * Who lost a quarrel about a relation, or never came to have one, did nothing to it: only a
   * release that was seen to begin has come to its end.
   */
  Optional<EventNote> nothingHeld(Facts facts, Whereabouts where) {
    return isBeingReleased(facts.previous())
        ? Optional.of(released(facts, where))
        : Optional.empty();
  }

  /** Once a release was seen to begin, nothing that delays it takes that back. */
  StreamTableReason delayed(Facts facts, StreamTableReason reason) {
    return isBeingReleased(facts.previous()) ? BEING_RELEASED : reason;
  }

  private static boolean isBeingReleased(StreamTableStatus status) {
    return says(status, StreamTableCondition.READY, StreamTableReason.DELETING)
        && says(status, StreamTableCondition.RECONCILING, BEING_RELEASED);
  }

  private static boolean says(
      StreamTableStatus status, StreamTableCondition type, StreamTableReason reason) {
    return status.conditions().stream()
        .filter(condition -> condition.isOf(type))
        .map(Condition::reason)
        .anyMatch(reason.word()::equals);
  }

  private static EventNote note(EventReason reason, Whereabouts where, String what) {
    return new EventNote(reason, where.relation().toString(), where.relation() + " " + what);
  }
}
