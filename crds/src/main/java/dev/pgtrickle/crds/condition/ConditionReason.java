package dev.pgtrickle.crds.condition;

import dev.pgtrickle.crds.Word;

/** Why a condition is what it is: an enum a kind. The words are stable. */
public interface ConditionReason {

  /** The constant's name. */
  String name();

  /** As status shows it: {@code RefreshFailing}. */
  default String word() {
    return Word.of(name());
  }
}
