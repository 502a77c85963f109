package dev.pgtrickle.engine.capture.model;

import dev.pgtrickle.engine.capture.model.Cleanup.Removal;
import dev.pgtrickle.engine.model.Actor;
import dev.pgtrickle.engine.model.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Removes what every consumer has, and turns the ring. */
record Janitor(Set<Omission> omitted) implements Actor<World> {
  @Override
  public List<Step<World>> steps(World world) {
    Cleanup cleanup = world.cleanup();
    if (cleanup != null) {
      return List.of(
          new Step<>("the janitor commits", removed(world, cleanup)),
          new Step<>("the janitor dies", world.withoutCleanup()));
    }
    List<Step<World>> steps = new ArrayList<>();
    if (world.capture().horizon() != null && world.budget().cleanups() > 0) {
      Snapshot bound = bound(world);
      for (Side side : List.of(Side.A, Side.B)) {
        beginnings(world, side, bound, steps);
      }
    }
    if (mayTurn(world)) {
      steps.add(
          new Step<>(
              "the ring turns",
              world.with(world.buffers().turned()).with(world.budget().lessOneFlip())));
    }
    return steps;
  }

  private void beginnings(World world, Side side, Snapshot bound, List<Step<World>> steps) {
    World paid = world.with(world.budget().lessOneCleanup());
    if (world.buffers().rowsOf(side) != 0) {
      steps.add(
          new Step<>(
              "the janitor begins to delete from " + side,
              paid.with(new Cleanup(Removal.DELETE, side, bound))));
    }
    if (side != world.buffers().active() && mayTruncate(world, side, bound)) {
      steps.add(
          new Step<>(
              "the janitor begins to truncate " + side,
              paid.with(new Cleanup(Removal.TRUNCATE, side, bound))));
    }
  }

  private static boolean mayTurn(World world) {
    Buffers buffers = world.buffers();
    return world.budget().flips() > 0
        && buffers.rowsOf(buffers.active().other()) == 0
        && world.capture().stampHolds()
        && world.capture().horizon() != null;
  }

  private boolean mayTruncate(World world, Side side, Snapshot bound) {
    return (getsTheLock(world, side) || omitted.contains(Omission.TRUNCATE_LOCK))
        && (allSeen(world, side, bound) || omitted.contains(Omission.TRUNCATE_CHECK));
  }

  private static boolean getsTheLock(World world, Side side) {
    return (world.buffers().rowsOf(side) & ~world.committed()) == 0
        && world.consumers().stream().noneMatch(Consumer::isInTransaction);
  }

  private static boolean allSeen(World world, Side side, Snapshot bound) {
    int committed = world.buffers().rowsOf(side) & world.committed();
    return (committed & ~world.rows(bound::sees)) == 0;
  }

  /** The oldest pin. */
  private Snapshot bound(World world) {
    if (omitted.contains(Omission.PINS)) {
      return world.snapshot();
    }
    return world.consumers().stream()
        .filter(Consumer::holdsPin)
        .map(Consumer::frontier)
        .min(
            Comparator.comparingInt(Snapshot::next)
                .thenComparingInt(pin -> -Integer.bitCount(pin.running())))
        .orElseGet(world::snapshot);
  }

  private World removed(World world, Cleanup cleanup) {
    Snapshot bound = cleanup.bound();
    int before = world.buffers().rowsOf(cleanup.side());
    int after =
        cleanup.removal() == Removal.DELETE
            ? before & ~(world.committed() & world.rows(bound::sees))
            : 0;
    World cleaned = world.with(world.buffers().withRowsOf(cleanup.side(), after)).withoutCleanup();
    boolean silent = cleanup.removal() == Removal.DELETE && before == after;
    Capture capture = world.capture();
    Snapshot horizon = capture.horizon();
    if (silent || horizon == null || omitted.contains(Omission.HORIZON)) {
      return cleaned;
    }
    boolean grows = omitted.contains(Omission.GROWING_HORIZON) || horizon.within(bound);
    return grows ? cleaned.with(capture.withHorizon(bound, capture.repair())) : cleaned;
  }
}
