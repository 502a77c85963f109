package dev.pgtrickle.engine.lifecycle;

import dev.pgtrickle.engine.definition.Policies;

/** Whether another query may take effect: pure. */
final class ChangeRule {

  /** What is done with a change of the rows. */
  enum Verdict {
    ACCEPT,
    AWAIT_APPROVAL,
    REJECT
  }

  Verdict decide(String presentHash, String wantedHash, Policies policies) {
    if (presentHash.equals(wantedHash) || policies.approvals().contains(wantedHash)) {
      return Verdict.ACCEPT;
    }
    return switch (policies.queryChange()) {
      case APPLY -> Verdict.ACCEPT;
      case AWAIT_APPROVAL -> Verdict.AWAIT_APPROVAL;
      case REJECT -> Verdict.REJECT;
    };
  }
}
