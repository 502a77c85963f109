package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.delta.AggregateDelta;
import dev.pgtrickle.engine.delta.DeltaRules;
import dev.pgtrickle.engine.delta.FilterDelta;
import dev.pgtrickle.engine.delta.GroupState;
import dev.pgtrickle.engine.delta.GroupStates;
import dev.pgtrickle.engine.delta.Netting;
import dev.pgtrickle.engine.delta.ProjectDelta;
import dev.pgtrickle.engine.delta.ScanDelta;
import dev.pgtrickle.engine.source.WindowPredicate;

/** The rules on which the exactness of statements rests; each can be replaced by a test. */
record MaintenanceRules(
    GroupStates states, Netting netting, RowMatch match, WindowPredicate window) {

  static MaintenanceRules standard(WindowPredicate window) {
    return new MaintenanceRules(GroupState::new, new Netting(), new RowMatch(), window);
  }

  DeltaRules deltas() {
    return new DeltaRules(
        new ScanDelta(), new FilterDelta(), new ProjectDelta(), new AggregateDelta(states));
  }
}
