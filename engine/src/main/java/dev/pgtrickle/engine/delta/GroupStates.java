package dev.pgtrickle.engine.delta;

import dev.pgtrickle.engine.algebra.Aggregate;

/** Decides what is kept for the groups of an aggregate; handed in, so that a test can err. */
@FunctionalInterface
public interface GroupStates {
  GroupState of(Aggregate aggregate);
}
