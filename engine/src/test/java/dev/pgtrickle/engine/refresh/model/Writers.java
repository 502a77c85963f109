package dev.pgtrickle.engine.refresh.model;

import dev.pgtrickle.engine.model.Actor;
import dev.pgtrickle.engine.model.Step;
import java.util.List;

/** The application changes the base table. */
record Writers(int writes) implements Actor<World> {
  @Override
  public List<Step<World>> steps(World world) {
    return world.base() < writes
        ? List.of(new Step<>("the base table is written", world.written()))
        : List.of();
  }
}
