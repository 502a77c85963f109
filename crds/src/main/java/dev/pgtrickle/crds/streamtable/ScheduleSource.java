package dev.pgtrickle.crds.streamtable;

import dev.pgtrickle.crds.Word;

/** Where the schedule that counts comes from. */
public enum ScheduleSource {
  INLINE,
  REFERENCE,
  SELECTOR,
  NAMESPACE_DEFAULT,
  OPERATOR_DEFAULT;

  /** As status shows it: {@code Inline}. */
  public String word() {
    return Word.of(name());
  }
}
