package dev.pgtrickle.engine.capture.model;

import dev.pgtrickle.engine.capture.model.Capture.Repair;
import dev.pgtrickle.engine.model.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One state of everything. Transaction numbers are given in the order of beginning, sets of rows
 * are bits, and snapshots are those of PostgreSQL.
 */
record World(
    List<Writer> writers,
    Buffers buffers,
    Capture capture,
    List<Consumer> consumers,
    @Nullable Cleanup cleanup,
    Budget budget)
    implements State {

  static World beginning(Limits limits) {
    Snapshot first = new Snapshot(0, 0);
    return new World(
        Collections.nCopies(limits.writers(), Writer.notBegun()),
        new Buffers(0, 0, Side.A),
        new Capture(true, true, first, Repair.NONE),
        List.of(Consumer.loaded(first, limits.refreshes()), Consumer.absent(limits.refreshes())),
        null,
        Budget.of(limits));
  }

  World with(int index, Writer writer) {
    return new World(
        replaced(writers, index, writer), buffers, capture, consumers, cleanup, budget);
  }

  World with(int index, Consumer consumer) {
    return new World(
        writers, buffers, capture, replaced(consumers, index, consumer), cleanup, budget);
  }

  World with(Buffers changed) {
    return new World(writers, changed, capture, consumers, cleanup, budget);
  }

  World with(Capture changed) {
    return new World(writers, buffers, changed, consumers, cleanup, budget);
  }

  World with(Cleanup begun) {
    return new World(writers, buffers, capture, consumers, begun, budget);
  }

  World withoutCleanup() {
    return new World(writers, buffers, capture, consumers, null, budget);
  }

  World with(Budget left) {
    return new World(writers, buffers, capture, consumers, cleanup, left);
  }

  private static <T> List<T> replaced(List<T> list, int index, T element) {
    List<T> changed = new ArrayList<>(list);
    changed.set(index, element);
    return List.copyOf(changed);
  }

  /** What a transaction that begins now sees. */
  Snapshot snapshot() {
    int next = 0;
    for (int index = 0; index < writers.size(); index++) {
      if (writers.get(index).hasEnded()) {
        next = index + 1;
      }
    }
    int end = next;
    return new Snapshot(next, rows(index -> index < end && writers.get(index).runs()));
  }

  int committed() {
    return rows(index -> writers.get(index).progress() == Writer.Progress.COMMITTED);
  }

  /** What the table holds for a snapshot. */
  int truth(Snapshot snapshot) {
    return committed() & rows(snapshot::sees);
  }

  /** The rows of writers for which that holds. */
  int rows(IntPredicate chosen) {
    int rows = 0;
    for (int index = 0; index < writers.size(); index++) {
      if (chosen.test(index)) {
        rows |= 1 << index;
      }
    }
    return rows;
  }

  boolean aWriterRuns() {
    return writers.stream().anyMatch(Writer::runs);
  }

  /** Whether a TRUNCATE holds its lock. */
  boolean isTruncating() {
    return cleanup != null && cleanup.removal() == Cleanup.Removal.TRUNCATE;
  }

  /** A consumer must hold exactly what its frontier sees, each row once. */
  @Override
  public Optional<String> wrong() {
    for (Consumer consumer : consumers) {
      Snapshot frontier = consumer.frontier();
      if (consumer.life() == Consumer.Life.ACTIVE
          && frontier != null
          && (consumer.twice() || consumer.rows() != truth(frontier))) {
        return Optional.of(
            "a consumer holds %s instead of %s%s"
                .formatted(
                    Integer.toBinaryString(consumer.rows()),
                    Integer.toBinaryString(truth(frontier)),
                    consumer.twice() ? ", a row twice" : ""));
      }
    }
    return Optional.empty();
  }
}
