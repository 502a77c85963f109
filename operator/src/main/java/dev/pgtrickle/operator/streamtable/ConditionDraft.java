package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.condition.Condition;
import dev.pgtrickle.crds.condition.Conditions;
import dev.pgtrickle.crds.streamtable.StreamTableCondition;
import dev.pgtrickle.crds.streamtable.StreamTableReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Conditions in the making, about one generation and one moment. */
final class ConditionDraft {
  private static final List<StreamTableCondition> ORDER = List.of(StreamTableCondition.values());

  private final long generation;
  private final Instant now;
  private final List<Condition> conditions = new ArrayList<>();

  ConditionDraft(long generation, Instant now) {
    this.generation = generation;
    this.now = now;
  }

  void isTrue(StreamTableCondition type, StreamTableReason reason, String message) {
    conditions.add(type.isTrue(reason, message, generation, now));
  }

  void isFalse(StreamTableCondition type, StreamTableReason reason, String message) {
    conditions.add(type.isFalse(reason, message, generation, now));
  }

  void isUnknown(StreamTableCondition type, StreamTableReason reason, String message) {
    conditions.add(type.isUnknown(reason, message, generation, now));
  }

  void connected() {
    isTrue(
        StreamTableCondition.DATABASE_REACHABLE,
        StreamTableReason.CONNECTED,
        "the primary takes writes");
  }

  /** What was said before, unless something newer has been said. */
  void keep(Condition before) {
    if (conditions.stream().noneMatch(present -> present.type().equals(before.type()))) {
      conditions.add(before);
    }
  }

  /** In the order of the enum, so that a re-write differs only where something changed. */
  Conditions conditions() {
    List<Condition> sorted = new ArrayList<>(conditions);
    sorted.sort(Comparator.comparingInt(ConditionDraft::place));
    return new Conditions(sorted);
  }

  private static int place(Condition condition) {
    for (int place = 0; place < ORDER.size(); place++) {
      if (condition.isOf(ORDER.get(place))) {
        return place;
      }
    }
    return ORDER.size();
  }
}
