package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;

/** What the engine said to a definition. */
sealed interface Answer {

  /** It decided. */
  record Decided(ApplyOutcome outcome) implements Answer {}

  /** It refuses the definition until the user changes something. */
  record Refused(TrickleException reason) implements Answer {

    /** A relation that the query reads is not there, or not yet. */
    boolean lacksASource() {
      return reason.code() == ErrorCode.SOURCE_MISSING;
    }
  }

  /** It could not decide now. */
  record Postponed(TrickleException reason) implements Answer {}
}
