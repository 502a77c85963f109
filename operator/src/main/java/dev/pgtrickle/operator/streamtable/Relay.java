package dev.pgtrickle.operator.streamtable;

/** What became of a request for a refresh that the engine had to be told of. */
sealed interface Relay {

  /** There was none. */
  record Nothing() implements Relay {}

  /** The engine has it. */
  record Accepted(RefreshWish wish) implements Relay {}

  /** The engine could not be told: it is tried again soon. */
  record Failed() implements Relay {}
}
