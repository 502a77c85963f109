package dev.pgtrickle.engine.refresh.model;

/** What happens at most once in a world, beside writes and refreshes. */
public enum Event {
  DEFINITION_CHANGED,
  CREATED_AGAIN,
  RESTORED,
  SUSPENDED,
  /** The second dependant is created while the others are refreshed. */
  DEPENDANT_CREATED,
  /** The log is trimmed, as often as there is something to trim. */
  TRIMMED
}
