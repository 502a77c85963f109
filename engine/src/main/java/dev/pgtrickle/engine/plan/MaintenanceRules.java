package dev.pgtrickle.engine.plan;

import dev.pgtrickle.engine.delta.DeltaRules;
import dev.pgtrickle.engine.delta.GroupState;
import dev.pgtrickle.engine.delta.GroupStates;
import dev.pgtrickle.engine.delta.Netting;
import dev.pgtrickle.engine.source.WindowPredicate;

/** The rules on which the exactness of statements rests; each can be replaced by a test. */
record MaintenanceRules(
    GroupStates states,
    Netting netting,
    RowMatch match,
    WindowPredicate window,
    DeltaRules deltas,
    NextValue nextValue) {

  static MaintenanceRules standard(WindowPredicate window) {
    return of(GroupState::new, new Netting(), new RowMatch(), window);
  }

  static MaintenanceRules of(
      GroupStates states, Netting netting, RowMatch match, WindowPredicate window) {
    return new MaintenanceRules(
        states, netting, match, window, DeltaRules.standard(states), new NextValue());
  }

  MaintenanceRules withDeltas(DeltaRules replaced) {
    return new MaintenanceRules(states, netting, match, window, replaced, nextValue);
  }

  MaintenanceRules withNextValue(NextValue replaced) {
    return new MaintenanceRules(states, netting, match, window, deltas, replaced);
  }
}
