package dev.pgtrickle.engine.capture.model;

import dev.pgtrickle.engine.capture.model.Capture.Repair;
import dev.pgtrickle.engine.model.Actor;
import dev.pgtrickle.engine.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Somebody disables the triggers, perhaps only for a while, and the gap is repaired. */
record Tampering(Set<Omission> omitted) implements Actor<World> {
  @Override
  public List<Step<World>> steps(World world) {
    List<Step<World>> steps = new ArrayList<>();
    Capture capture = world.capture();
    if (!capture.capturing()) {
      steps.add(
          new Step<>("somebody enables them again", world.with(capture.withTriggers(true, false))));
    } else if (world.budget().tamperings() > 0) {
      steps.add(
          new Step<>(
              "somebody disables the triggers",
              world
                  .with(capture.withTriggers(false, false))
                  .with(world.budget().lessOneTampering())));
    }
    // A janitor's transaction holds the row of the source, which a repair needs.
    if (!capture.stampHolds() && world.cleanup() == null) {
      Capture repaired = capture.withTriggers(true, true);
      steps.add(
          new Step<>(
              "a repair begins",
              world.with(
                  omitted.contains(Omission.OPEN_GAP)
                      ? repaired
                      : repaired.withHorizon(null, Repair.WRITTEN))));
    }
    if (capture.repair() == Repair.WRITTEN
        && (!world.aWriterRuns() || omitted.contains(Omission.BARRIER))) {
      steps.add(
          new Step<>(
              "the barrier is passed",
              world.with(capture.withHorizon(null, Repair.BARRIER_PASSED))));
    }
    if (capture.repair() == Repair.BARRIER_PASSED) {
      // Only when nobody has tampered meanwhile is the stamp still the one of this repair.
      steps.add(
          new Step<>(
              "the gap is closed", world.with(capture.withHorizon(world.snapshot(), Repair.NONE))));
    }
    return steps;
  }
}
