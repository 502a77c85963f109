package dev.pgtrickle.engine.capture.model;

import dev.pgtrickle.engine.capture.model.Writer.Progress;
import dev.pgtrickle.engine.model.Actor;
import dev.pgtrickle.engine.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The application: each writer begins, writes and commits; the last one may also abort. */
record Writers(Set<Omission> omitted) implements Actor<World> {
  @Override
  public List<Step<World>> steps(World world) {
    List<Step<World>> steps = new ArrayList<>();
    for (int index = 0; index < world.writers().size(); index++) {
      Writer writer = world.writers().get(index);
      switch (writer.progress()) {
        case NOT_BEGUN -> {
          if (index == 0 || world.writers().get(index - 1).progress() != Progress.NOT_BEGUN) {
            steps.add(begins(world, index));
          }
        }
        case BEGUN -> {
          if (!waitsForTruncate(world, writer)) {
            steps.add(writes(world, index, writer));
          }
        }
        case WRITTEN -> {
          steps.add(commits(world, index, writer));
          if (index == world.writers().size() - 1) {
            steps.add(aborts(world, index, writer));
          }
        }
        case COMMITTED, ABORTED -> {}
      }
    }
    return steps;
  }

  private static Step<World> begins(World world, int index) {
    Side body = world.capture().capturing() ? world.buffers().active() : Side.NOWHERE;
    return new Step<>(
        "writer " + index + " begins", world.with(index, new Writer(Progress.BEGUN, body)));
  }

  /** A TRUNCATE holds the buffer's lock. */
  private boolean waitsForTruncate(World world, Writer writer) {
    Cleanup cleanup = world.cleanup();
    return cleanup != null
        && world.isTruncating()
        && cleanup.side() == writer.body()
        && !omitted.contains(Omission.TRUNCATE_LOCK);
  }

  private static Step<World> writes(World world, int index, Writer writer) {
    return new Step<>(
        "writer " + index + " writes",
        world
            .with(index, writer.written())
            .with(world.buffers().recorded(writer.body(), 1 << index)));
  }

  private static Step<World> commits(World world, int index, Writer writer) {
    return new Step<>(
        "writer " + index + " commits", world.with(index, writer.ended(Progress.COMMITTED)));
  }

  private static Step<World> aborts(World world, int index, Writer writer) {
    return new Step<>(
        "writer " + index + " aborts",
        world
            .with(index, writer.ended(Progress.ABORTED))
            .with(world.buffers().without(1 << index)));
  }
}
