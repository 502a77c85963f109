package dev.pgtrickle.engine.refresh.model;

import dev.pgtrickle.engine.model.Actor;
import dev.pgtrickle.engine.model.Step;
import dev.pgtrickle.engine.refresh.model.Upstream.Activity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A person drops the upstream and creates it again, restores it, suspends and resumes it. */
record Operators(Set<Omission> omitted) implements Actor<World> {
  @Override
  public List<Step<World>> steps(World world) {
    List<Step<World>> steps = new ArrayList<>();
    Upstream upstream = world.upstream();
    if (world.events().contains(Event.RESTORED) && world.archive() == null) {
      steps.add(new Step<>("the upstream is archived", world.archived()));
    }
    if (!world.open().isEmpty()) {
      return steps;
    }
    if (world.events().contains(Event.CREATED_AGAIN)) {
      steps.add(createdAgain(world.without(Event.CREATED_AGAIN)));
    }
    if (world.events().contains(Event.RESTORED) && world.archive() != null) {
      steps.add(restored(world.without(Event.RESTORED), world.archive()));
    }
    if (world.events().contains(Event.SUSPENDED)) {
      steps.add(
          new Step<>(
              "the upstream is suspended",
              world.without(Event.SUSPENDED).with(upstream.with(Activity.SUSPENDED))));
    }
    if (!upstream.isActive()) {
      steps.add(new Step<>("the upstream is resumed", world.with(upstream.with(Activity.ACTIVE))));
    }
    return steps;
  }

  private Step<World> createdAgain(World world) {
    int fresh = world.lastStorage() + 1;
    int storage = omitted.contains(Omission.STORAGE_OF_A_NEW_TABLE) ? 1 : fresh;
    Content other = new Content(world.upstream().content().definition() + 1, world.base());
    return new Step<>(
        "the upstream is created again",
        world
            .withStorage(fresh)
            .with(Set.<LogEntry>of())
            .with(world.upstream().begunAnew(storage, other)));
  }

  private Step<World> restored(World world, Upstream archive) {
    Upstream upstream = world.upstream();
    if (omitted.contains(Omission.STORAGE_OF_A_RESTORED_TABLE)) {
      return new Step<>(
          "the upstream is restored in silence", world.with(archive.with(upstream.activity())));
    }
    int fresh = world.lastStorage() + 1;
    return new Step<>(
        "the upstream is restored",
        world.withStorage(fresh).with(upstream.begunAnew(fresh, archive.content())));
  }
}
