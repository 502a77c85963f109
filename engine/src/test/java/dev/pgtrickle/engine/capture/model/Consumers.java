package dev.pgtrickle.engine.capture.model;

import dev.pgtrickle.engine.model.Actor;
import dev.pgtrickle.engine.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Stream tables: created, refreshed, suspended, removed; each may die in its transaction. */
record Consumers(Set<Omission> omitted) implements Actor<World> {

  @Override
  public List<Step<World>> steps(World world) {
    List<Step<World>> steps = new ArrayList<>();
    for (int index = 0; index < world.consumers().size(); index++) {
      steps.addAll(steps(world, index));
    }
    return steps;
  }

  private List<Step<World>> steps(World world, int index) {
    Consumer consumer = world.consumers().get(index);
    List<Step<World>> steps = new ArrayList<>();
    switch (consumer.life()) {
      case ABSENT -> {
        if (world.capture().horizon() != null && world.capture().stampHolds()) {
          steps.add(step(world, index, "pins", consumer.pinnedAt(world.snapshot())));
        }
      }
      case PINNED -> {
        if (!waitsForTruncate(world)) {
          Snapshot now = world.snapshot();
          Consumer loading = consumer.loading(now, world.truth(now));
          steps.add(step(world, index, "begins to load", loading));
        }
        steps.add(step(world, index, "goes away", Consumer.gone()));
      }
      case LOADING, REFRESHING -> {
        steps.add(step(world, index, "commits", consumer.committed()));
        steps.add(step(world, index, "dies in its transaction", consumer.died()));
      }
      case ACTIVE -> active(world, index, consumer, steps);
      case GONE -> {}
    }
    return steps;
  }

  private void active(World world, int index, Consumer consumer, List<Step<World>> steps) {
    if (consumer.refreshesLeft() > 0
        && !waitsForTruncate(world)
        && (world.capture().stampHolds() || omitted.contains(Omission.STAMP))) {
      steps.add(refresh(world, index, consumer));
    }
    if (!consumer.pinned()) {
      steps.add(step(world, index, "is resumed", consumer.resumed()));
    } else if (world.budget().unpins() > 0) {
      World unpinned = world.with(world.budget().lessOneUnpin());
      steps.add(step(unpinned, index, "is suspended", consumer.suspended()));
    }
    steps.add(step(world, index, "goes away", Consumer.gone()));
  }

  private boolean waitsForTruncate(World world) {
    return world.isTruncating() && !omitted.contains(Omission.TRUNCATE_LOCK);
  }

  private Step<World> refresh(World world, int index, Consumer consumer) {
    Snapshot frontier = consumer.frontier();
    if (frontier == null) {
      throw new IllegalStateException("an active consumer has a frontier");
    }
    Snapshot now = world.snapshot();
    Snapshot horizon = world.capture().horizon();
    if (omitted.contains(Omission.PROOF) || (horizon != null && horizon.within(frontier))) {
      int changes =
          world.buffers().rows()
              & world.committed()
              & world.rows(row -> now.sees(row) && !frontier.sees(row));
      return step(
          world,
          index,
          "begins to refresh " + BufferModel.DIFFERENTIAL,
          consumer.refreshing(now, consumer.rows() | changes, (consumer.rows() & changes) != 0));
    }
    return step(
        world,
        index,
        "begins to refresh " + BufferModel.FULL,
        consumer.refreshing(now, world.truth(now), false));
  }

  private static Step<World> step(World world, int index, String what, Consumer changed) {
    return new Step<>("consumer " + index + " " + what, world.with(index, changed));
  }
}
