package dev.pgtrickle.operator.streamtable;

import dev.pgtrickle.crds.streamtable.StreamTableReason;
import dev.pgtrickle.engine.lifecycle.PendingDefinition;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.time.Instant;
import java.util.Optional;

/** What is to be said about a resource: exactly one of these. */
sealed interface Verdict {

  /**
   * Nothing goes on until the user changes something.
   *
   * @param ready the reason of Ready, mostly the same as of Stalled
   * @param query the reason of QueryValid, when it is the query that is wrong
   */
  record Stopped(
      StreamTableReason stalled,
      StreamTableReason ready,
      Optional<StreamTableReason> query,
      String message)
      implements Verdict {}

  /**
   * The database cannot be worked in, through nobody's fault here.
   *
   * @param reach the reason of DatabaseReachable
   * @param since when that began
   */
  record Away(StreamTableReason reach, String message, Instant since) implements Verdict {}

  /** The database follows another one, and readers find there what comes from it. */
  record Followed(String message) implements Verdict {}

  /**
   * Nothing is known yet: a connection is made, or the definition is being looked at.
   *
   * @param since when that began
   */
  record Starting(String message, Instant since) implements Verdict {}

  /** Something passing is in the way of the definition. */
  record Waiting(StreamTableReason ready, StreamTableReason reconciling, String message)
      implements Verdict {}

  /**
   * The engine maintains it, as far as the report says.
   *
   * @param pending another definition that was asked for and is not in effect
   */
  record Maintained(StreamTableReport report, Optional<Pending> pending) implements Verdict {}

  /**
   * A definition that is not in effect.
   *
   * @param stalled AWAITING_APPROVAL or CHANGE_REJECTED
   */
  record Pending(StreamTableReason stalled, PendingDefinition definition) {}
}
