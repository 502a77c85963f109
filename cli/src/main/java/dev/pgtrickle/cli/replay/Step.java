package dev.pgtrickle.cli.replay;

import dev.pgtrickle.testbed.cases.CaseStatement;

/** What happens next in a run of a case. */
sealed interface Step {

  /** A statement of the case, in a transaction of its own unless the case begins one. */
  record Change(CaseStatement statement) implements Step {}

  /** The stream tables come to be, and are compared. */
  record Creation() implements Step {}

  /** The stream tables are refreshed, and compared. */
  record Refresh() implements Step {}
}
