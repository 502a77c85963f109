package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.refresh.RefreshOrder;
import java.util.List;

/**
 * Tables to be refreshed in one transaction.
 *
 * @param members each after those that it reads
 */
record DueUnit(List<Member> members) {

  /** A table, and what history will call the trigger of its refresh. */
  record Member(TableState state, RefreshOrder.Cause cause) {}

  List<TableState> states() {
    return members.stream().map(Member::state).toList();
  }
}
