package dev.pgtrickle.engine.refresh.model;

import dev.pgtrickle.engine.model.Actor;
import dev.pgtrickle.engine.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The upstream is refreshed by itself, and its definition changes, by difference or otherwise. */
record UpstreamRefreshes(Set<Omission> omitted) implements Actor<World> {
  @Override
  public List<Step<World>> steps(World world) {
    List<Step<World>> steps = new ArrayList<>();
    if (world.guardIsHeld() && !omitted.contains(Omission.GUARD)) {
      return steps;
    }
    Upstream upstream = world.upstream();
    boolean refreshing =
        world.open().stream().anyMatch(open -> open instanceof Transaction.OfUpstream);
    if (world.left().upstream() > 0 && upstream.isActive() && !refreshing) {
      steps.add(
          begins(
              "the upstream begins to refresh",
              world.with(world.left().lessOneOfUpstream()),
              upstream.refreshed(world.base())));
    }
    if (world.events().contains(Event.DEFINITION_CHANGED)) {
      changes(world.without(Event.DEFINITION_CHANGED), steps);
    }
    return steps;
  }

  private void changes(World world, List<Step<World>> steps) {
    Upstream upstream = world.upstream();
    Content other = new Content(upstream.content().definition() + 1, world.base());
    if (omitted.contains(Omission.STORAGE_OF_A_CHANGE)) {
      steps.add(begins("other rows begin, and nobody is told", world, upstream.silently(other)));
      return;
    }
    steps.add(begins("a change in place begins", world, upstream.next(other)));
    int storage = world.lastStorage() + 1;
    steps.add(
        begins(
            "a swap of versions begins",
            world.withStorage(storage),
            upstream.begunAnew(storage, other)));
  }

  private static Step<World> begins(String name, World world, Upstream after) {
    return new Step<>(name, world.begun(new Transaction.OfUpstream(world.upstream(), after)));
  }
}
