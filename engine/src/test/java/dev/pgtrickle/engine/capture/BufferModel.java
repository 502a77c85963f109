package dev.pgtrickle.engine.capture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small world of one source: writers, the two sides of its buffer, consumers, a janitor, somebody
 * who tampers with the triggers, and a process that may die between any two steps. Explored
 * completely, step by step in every order. Every row is its writer's number; transaction numbers
 * are given in the order of beginning, and snapshots are those of PostgreSQL.
 */
final class BufferModel {
  private final Limits limits;
  private final Set<Omission> omitted;

  BufferModel(Limits limits, Set<Omission> omitted) {
    this.limits = limits;
    this.omitted = omitted;
  }

  /** How large the world is. */
  record Limits(int writers, int refreshes, int cleanups, int flips, int unpins, int tamperings) {}

  /** A rule that is left out. */
  enum Omission {
    PINS,
    PROOF,
    GROWING_HORIZON,
    HORIZON,
    TRUNCATE_CHECK,
    TRUNCATE_LOCK,
    BARRIER,
    STAMP,
    OPEN_GAP
  }

  /** As pg_snapshot: everything below {@code next} but what is running is visible. */
  record Snapshot(int next, int running) {
    boolean sees(int transaction) {
      return transaction < next && (running & (1 << transaction)) == 0;
    }

    /** The formula of pgtrickle.snapshot_within. */
    boolean within(Snapshot other) {
      if (next > other.next) {
        return false;
      }
      for (int transaction = 0; transaction < Integer.SIZE; transaction++) {
        if ((other.running & (1 << transaction)) != 0 && sees(transaction)) {
          return false;
        }
      }
      return true;
    }
  }

  enum Progress {
    NOT_BEGUN,
    /** Inside a body of the capture function, which may be an old one soon. */
    BEGUN,
    WRITTEN,
    COMMITTED,
    ABORTED
  }

  enum Side {
    A,
    B,
    /** A body that records nothing. */
    NOWHERE;

    Side other() {
      return this == A ? B : A;
    }
  }

  record Writer(Progress progress, Side body) {
    boolean running() {
      return progress == Progress.BEGUN || progress == Progress.WRITTEN;
    }
  }

  enum Life {
    ABSENT,
    PINNED,
    LOADING,
    ACTIVE,
    REFRESHING,
    GONE
  }

  /**
   * A consumer with its stored frontier and rows, and those of the transaction that it is in.
   *
   * @param twice whether a row was added that was there already
   */
  record Consumer(
      Life life,
      @Nullable Snapshot frontier,
      boolean pinned,
      int rows,
      @Nullable Snapshot nextFrontier,
      int nextRows,
      boolean twice,
      int refreshesLeft) {
    boolean inTransaction() {
      return life == Life.LOADING || life == Life.REFRESHING;
    }

    boolean holdsPin() {
      return pinned && life != Life.ABSENT && life != Life.GONE;
    }
  }

  enum Removal {
    DELETE,
    TRUNCATE
  }

  /** A janitor's transaction that has read its bound and has not committed. */
  record Cleanup(Removal removal, Side side, Snapshot bound) {}

  /** Where the repair of a capture gap stands. */
  enum Repair {
    NONE,
    WRITTEN,
    BARRIER_PASSED
  }

  record State(
      List<Writer> writers,
      int rowsOfA,
      int rowsOfB,
      Side active,
      boolean capturing,
      boolean stampHolds,
      @Nullable Snapshot horizon,
      Repair repair,
      List<Consumer> consumers,
      @Nullable Cleanup cleanup,
      int cleanupsLeft,
      int flipsLeft,
      int unpinsLeft,
      int tamperingsLeft) {

    State withWriter(int index, Writer writer) {
      List<Writer> changed = new ArrayList<>(writers);
      changed.set(index, writer);
      return new State(
          List.copyOf(changed),
          rowsOfA,
          rowsOfB,
          active,
          capturing,
          stampHolds,
          horizon,
          repair,
          consumers,
          cleanup,
          cleanupsLeft,
          flipsLeft,
          unpinsLeft,
          tamperingsLeft);
    }

    State withRows(int a, int b) {
      return new State(
          writers,
          a,
          b,
          active,
          capturing,
          stampHolds,
          horizon,
          repair,
          consumers,
          cleanup,
          cleanupsLeft,
          flipsLeft,
          unpinsLeft,
          tamperingsLeft);
    }

    State withConsumer(int index, Consumer consumer) {
      List<Consumer> changed = new ArrayList<>(consumers);
      changed.set(index, consumer);
      return new State(
          writers,
          rowsOfA,
          rowsOfB,
          active,
          capturing,
          stampHolds,
          horizon,
          repair,
          List.copyOf(changed),
          cleanup,
          cleanupsLeft,
          flipsLeft,
          unpinsLeft,
          tamperingsLeft);
    }

    State withUnpinsLeft(int left) {
      return new State(
          writers,
          rowsOfA,
          rowsOfB,
          active,
          capturing,
          stampHolds,
          horizon,
          repair,
          consumers,
          cleanup,
          cleanupsLeft,
          flipsLeft,
          left,
          tamperingsLeft);
    }

    State withCleanup(@Nullable Cleanup begun, int left) {
      return new State(
          writers,
          rowsOfA,
          rowsOfB,
          active,
          capturing,
          stampHolds,
          horizon,
          repair,
          consumers,
          begun,
          left,
          flipsLeft,
          unpinsLeft,
          tamperingsLeft);
    }

    State withHorizon(@Nullable Snapshot raised, Repair repaired) {
      return new State(
          writers,
          rowsOfA,
          rowsOfB,
          active,
          capturing,
          stampHolds,
          raised,
          repaired,
          consumers,
          cleanup,
          cleanupsLeft,
          flipsLeft,
          unpinsLeft,
          tamperingsLeft);
    }

    State withCapture(boolean captures, boolean holds, int left) {
      return new State(
          writers,
          rowsOfA,
          rowsOfB,
          active,
          captures,
          holds,
          horizon,
          repair,
          consumers,
          cleanup,
          cleanupsLeft,
          flipsLeft,
          unpinsLeft,
          left);
    }

    State flipped() {
      return new State(
          writers,
          rowsOfA,
          rowsOfB,
          active.other(),
          capturing,
          stampHolds,
          horizon,
          repair,
          consumers,
          cleanup,
          cleanupsLeft,
          flipsLeft - 1,
          unpinsLeft,
          tamperingsLeft);
    }

    int rowsOf(Side side) {
      return side == Side.A ? rowsOfA : rowsOfB;
    }

    State withRowsOf(Side side, int rows) {
      return side == Side.A ? withRows(rows, rowsOfB) : withRows(rowsOfA, rows);
    }

    Snapshot snapshot() {
      int next = 0;
      for (int index = 0; index < writers.size(); index++) {
        Progress progress = writers.get(index).progress();
        if (progress == Progress.COMMITTED || progress == Progress.ABORTED) {
          next = index + 1;
        }
      }
      int running = 0;
      for (int index = 0; index < next; index++) {
        if (writers.get(index).running()) {
          running |= 1 << index;
        }
      }
      return new Snapshot(next, running);
    }

    int committed() {
      int rows = 0;
      for (int index = 0; index < writers.size(); index++) {
        if (writers.get(index).progress() == Progress.COMMITTED) {
          rows |= 1 << index;
        }
      }
      return rows;
    }

    /** What the table holds for a snapshot. */
    int truth(Snapshot snapshot) {
      int rows = 0;
      for (int index = 0; index < writers.size(); index++) {
        if (writers.get(index).progress() == Progress.COMMITTED && snapshot.sees(index)) {
          rows |= 1 << index;
        }
      }
      return rows;
    }

    boolean writerRuns() {
      return writers.stream().anyMatch(Writer::running);
    }
  }

  record Step(String name, State state) {}

  /** What an exploration found. */
  record Outcome(
      int states, int fullRefreshes, int differentialRefreshes, Optional<String> wrong) {}

  Outcome explore() {
    State start = start();
    Map<State, @Nullable Origin> seen = new HashMap<>();
    Deque<State> open = new ArrayDeque<>();
    seen.put(start, null);
    open.add(start);
    int full = 0;
    int differential = 0;
    while (!open.isEmpty()) {
      State state = open.remove();
      for (Step step : steps(state)) {
        full += step.name().endsWith("FULL") ? 1 : 0;
        differential += step.name().endsWith("DIFFERENTIAL") ? 1 : 0;
        if (seen.containsKey(step.state())) {
          continue;
        }
        seen.put(step.state(), new Origin(step.name(), state));
        Optional<String> wrong = wrong(step.state());
        if (wrong.isPresent()) {
          return new Outcome(
              seen.size(),
              full,
              differential,
              Optional.of(wrong.get() + trace(seen, step.state())));
        }
        open.add(step.state());
      }
    }
    return new Outcome(seen.size(), full, differential, Optional.empty());
  }

  private record Origin(String step, State from) {}

  private static String trace(Map<State, @Nullable Origin> seen, State end) {
    List<String> steps = new ArrayList<>();
    for (Origin origin = seen.get(end); origin != null; origin = seen.get(origin.from())) {
      steps.add(origin.step());
    }
    Collections.reverse(steps);
    return ": " + String.join("; ", steps);
  }

  private State start() {
    List<Writer> writers =
        Collections.nCopies(limits.writers(), new Writer(Progress.NOT_BEGUN, Side.A));
    Snapshot beginning = new Snapshot(0, 0);
    Consumer loaded =
        new Consumer(Life.ACTIVE, beginning, true, 0, null, 0, false, limits.refreshes());
    Consumer absent = new Consumer(Life.ABSENT, null, false, 0, null, 0, false, limits.refreshes());
    return new State(
        List.copyOf(writers),
        0,
        0,
        Side.A,
        true,
        true,
        beginning,
        Repair.NONE,
        List.of(loaded, absent),
        null,
        limits.cleanups(),
        limits.flips(),
        limits.unpins(),
        limits.tamperings());
  }

  /** A consumer must hold exactly what its frontier sees, each row once. */
  private static Optional<String> wrong(State state) {
    for (Consumer consumer : state.consumers()) {
      Snapshot frontier = consumer.frontier();
      if (consumer.life() == Life.ACTIVE && frontier != null) {
        if (consumer.twice() || consumer.rows() != state.truth(frontier)) {
          return Optional.of(
              "a consumer holds %s instead of %s%s"
                  .formatted(
                      Integer.toBinaryString(consumer.rows()),
                      Integer.toBinaryString(state.truth(frontier)),
                      consumer.twice() ? ", a row twice" : ""));
        }
      }
    }
    return Optional.empty();
  }

  private List<Step> steps(State state) {
    List<Step> steps = new ArrayList<>();
    writerSteps(state, steps);
    for (int index = 0; index < state.consumers().size(); index++) {
      consumerSteps(state, index, steps);
    }
    janitorSteps(state, steps);
    gapSteps(state, steps);
    return steps;
  }

  private void writerSteps(State state, List<Step> steps) {
    for (int index = 0; index < state.writers().size(); index++) {
      Writer writer = state.writers().get(index);
      switch (writer.progress()) {
        case NOT_BEGUN -> {
          if (index == 0 || state.writers().get(index - 1).progress() != Progress.NOT_BEGUN) {
            Side body = state.capturing() ? state.active() : Side.NOWHERE;
            steps.add(
                new Step(
                    "writer " + index + " begins",
                    state.withWriter(index, new Writer(Progress.BEGUN, body))));
          }
        }
        case BEGUN -> {
          // A TRUNCATE holds the buffer's lock.
          if (state.cleanup() == null
              || state.cleanup().removal() != Removal.TRUNCATE
              || state.cleanup().side() != writer.body()
              || omitted.contains(Omission.TRUNCATE_LOCK)) {
            State written = state.withWriter(index, new Writer(Progress.WRITTEN, writer.body()));
            steps.add(
                new Step(
                    "writer " + index + " writes",
                    writer.body() == Side.NOWHERE
                        ? written
                        : written.withRowsOf(
                            writer.body(), written.rowsOf(writer.body()) | (1 << index))));
          }
        }
        case WRITTEN -> {
          steps.add(
              new Step(
                  "writer " + index + " commits",
                  state.withWriter(index, new Writer(Progress.COMMITTED, Side.A))));
          if (index == state.writers().size() - 1) {
            int others = ~(1 << index);
            steps.add(
                new Step(
                    "writer " + index + " aborts",
                    state
                        .withWriter(index, new Writer(Progress.ABORTED, Side.A))
                        .withRows(state.rowsOfA() & others, state.rowsOfB() & others)));
          }
        }
        case COMMITTED, ABORTED -> {}
      }
    }
  }

  private void consumerSteps(State state, int index, List<Step> steps) {
    Consumer consumer = state.consumers().get(index);
    String who = "consumer " + index;
    Snapshot now = state.snapshot();
    boolean truncating =
        state.cleanup() != null
            && state.cleanup().removal() == Removal.TRUNCATE
            && !omitted.contains(Omission.TRUNCATE_LOCK);
    switch (consumer.life()) {
      case ABSENT -> {
        if (state.horizon() != null && state.stampHolds()) {
          steps.add(
              new Step(
                  who + " pins",
                  state.withConsumer(
                      index,
                      new Consumer(
                          Life.PINNED, now, true, 0, null, 0, false, consumer.refreshesLeft()))));
        }
      }
      case PINNED -> {
        if (!truncating) {
          steps.add(
              new Step(
                  who + " begins to load",
                  state.withConsumer(
                      index,
                      new Consumer(
                          Life.LOADING,
                          consumer.frontier(),
                          true,
                          0,
                          now,
                          state.truth(now),
                          false,
                          consumer.refreshesLeft()))));
        }
        steps.add(gone(state, index, who));
      }
      case LOADING, REFRESHING -> {
        steps.add(
            new Step(
                who + " commits",
                state.withConsumer(
                    index,
                    new Consumer(
                        Life.ACTIVE,
                        consumer.nextFrontier(),
                        consumer.pinned(),
                        consumer.nextRows(),
                        null,
                        0,
                        consumer.twice(),
                        consumer.refreshesLeft()))));
        steps.add(
            new Step(
                who + " dies in its transaction",
                state.withConsumer(
                    index,
                    new Consumer(
                        consumer.life() == Life.LOADING ? Life.PINNED : Life.ACTIVE,
                        consumer.frontier(),
                        consumer.pinned(),
                        consumer.rows(),
                        null,
                        0,
                        false,
                        consumer.refreshesLeft()))));
      }
      case ACTIVE -> {
        if (consumer.refreshesLeft() > 0
            && !truncating
            && (state.stampHolds() || omitted.contains(Omission.STAMP))) {
          steps.add(refresh(state, index, consumer, now, who));
        }
        if (consumer.pinned() && state.unpinsLeft() > 0) {
          steps.add(
              new Step(
                  who + " is suspended",
                  state
                      .withConsumer(index, pinned(consumer, false))
                      .withUnpinsLeft(state.unpinsLeft() - 1)));
        }
        if (!consumer.pinned()) {
          steps.add(
              new Step(who + " is resumed", state.withConsumer(index, pinned(consumer, true))));
        }
        steps.add(gone(state, index, who));
      }
      case GONE -> {}
    }
  }

  private Step refresh(State state, int index, Consumer consumer, Snapshot now, String who) {
    Snapshot frontier = consumer.frontier();
    if (frontier == null) {
      throw new IllegalStateException("an active consumer has a frontier");
    }
    Snapshot horizon = state.horizon();
    boolean complete =
        omitted.contains(Omission.PROOF) || (horizon != null && horizon.within(frontier));
    int rows;
    boolean twice = false;
    if (complete) {
      int changes = 0;
      for (int row = 0; row < state.writers().size(); row++) {
        boolean there = ((state.rowsOfA() | state.rowsOfB()) & state.committed() & (1 << row)) != 0;
        if (there && now.sees(row) && !frontier.sees(row)) {
          changes |= 1 << row;
        }
      }
      twice = (consumer.rows() & changes) != 0;
      rows = consumer.rows() | changes;
    } else {
      rows = state.truth(now);
    }
    return new Step(
        who + " begins to refresh " + (complete ? "DIFFERENTIAL" : "FULL"),
        state.withConsumer(
            index,
            new Consumer(
                Life.REFRESHING,
                frontier,
                consumer.pinned(),
                consumer.rows(),
                now,
                rows,
                twice,
                consumer.refreshesLeft() - 1)));
  }

  private static Consumer pinned(Consumer consumer, boolean pinned) {
    return new Consumer(
        consumer.life(),
        consumer.frontier(),
        pinned,
        consumer.rows(),
        null,
        0,
        false,
        consumer.refreshesLeft());
  }

  private static Step gone(State state, int index, String who) {
    return new Step(
        who + " goes away",
        state.withConsumer(index, new Consumer(Life.GONE, null, false, 0, null, 0, false, 0)));
  }

  private void janitorSteps(State state, List<Step> steps) {
    Cleanup cleanup = state.cleanup();
    if (cleanup != null) {
      steps.add(new Step("the janitor commits", removed(state, cleanup)));
      steps.add(new Step("the janitor dies", state.withCleanup(null, state.cleanupsLeft())));
      return;
    }
    if (state.horizon() != null && state.cleanupsLeft() > 0) {
      Snapshot bound = bound(state);
      for (Side side : List.of(Side.A, Side.B)) {
        if (state.rowsOf(side) != 0) {
          steps.add(
              new Step(
                  "the janitor begins to delete from " + side,
                  state.withCleanup(
                      new Cleanup(Removal.DELETE, side, bound), state.cleanupsLeft() - 1)));
        }
        if (side != state.active() && mayTruncate(state, side, bound)) {
          steps.add(
              new Step(
                  "the janitor begins to truncate " + side,
                  state.withCleanup(
                      new Cleanup(Removal.TRUNCATE, side, bound), state.cleanupsLeft() - 1)));
        }
      }
    }
    if (state.flipsLeft() > 0
        && state.rowsOf(state.active().other()) == 0
        && state.stampHolds()
        && state.horizon() != null) {
      steps.add(new Step("the ring turns", state.flipped()));
    }
  }

  private boolean mayTruncate(State state, Side side, Snapshot bound) {
    boolean locked =
        omitted.contains(Omission.TRUNCATE_LOCK)
            || ((state.rowsOf(side) & ~state.committed()) == 0
                && state.consumers().stream().noneMatch(Consumer::inTransaction));
    if (!locked) {
      return false;
    }
    if (omitted.contains(Omission.TRUNCATE_CHECK)) {
      return true;
    }
    for (int row = 0; row < state.writers().size(); row++) {
      boolean committed = (state.rowsOf(side) & state.committed() & (1 << row)) != 0;
      if (committed && !bound.sees(row)) {
        return false;
      }
    }
    return true;
  }

  private Snapshot bound(State state) {
    if (omitted.contains(Omission.PINS)) {
      return state.snapshot();
    }
    return state.consumers().stream()
        .filter(Consumer::holdsPin)
        .map(Consumer::frontier)
        .min(
            Comparator.comparingInt(Snapshot::next)
                .thenComparingInt(pin -> -Integer.bitCount(pin.running())))
        .orElseGet(state::snapshot);
  }

  private State removed(State state, Cleanup cleanup) {
    int kept = 0;
    if (cleanup.removal() == Removal.DELETE) {
      for (int row = 0; row < state.writers().size(); row++) {
        boolean committed = (state.committed() & (1 << row)) != 0;
        if (!committed || !cleanup.bound().sees(row)) {
          kept |= 1 << row;
        }
      }
    }
    int before = state.rowsOf(cleanup.side());
    int after = before & kept;
    State cleaned = state.withRowsOf(cleanup.side(), after).withCleanup(null, state.cleanupsLeft());
    Snapshot horizon = cleaned.horizon();
    boolean silent = cleanup.removal() == Removal.DELETE && before == after;
    if (silent || horizon == null || omitted.contains(Omission.HORIZON)) {
      return cleaned;
    }
    boolean grows = omitted.contains(Omission.GROWING_HORIZON) || horizon.within(cleanup.bound());
    return grows ? cleaned.withHorizon(cleanup.bound(), cleaned.repair()) : cleaned;
  }

  private void gapSteps(State state, List<Step> steps) {
    if (state.tamperingsLeft() > 0 && state.capturing()) {
      steps.add(
          new Step(
              "somebody disables the triggers",
              state.withCapture(false, false, state.tamperingsLeft() - 1)));
    }
    if (!state.capturing()) {
      steps.add(
          new Step(
              "somebody enables them again",
              state.withCapture(true, false, state.tamperingsLeft())));
    }
    // A janitor's transaction holds the row of the source, which a repair needs.
    if (!state.stampHolds() && state.cleanup() == null) {
      State repaired = state.withCapture(true, true, state.tamperingsLeft());
      steps.add(
          new Step(
              "a repair begins",
              omitted.contains(Omission.OPEN_GAP)
                  ? repaired
                  : repaired.withHorizon(null, Repair.WRITTEN)));
    }
    if (state.repair() == Repair.WRITTEN
        && (!state.writerRuns() || omitted.contains(Omission.BARRIER))) {
      steps.add(new Step("the barrier is passed", state.withHorizon(null, Repair.BARRIER_PASSED)));
    }
    if (state.repair() == Repair.BARRIER_PASSED) {
      // Only when nobody has tampered meanwhile is the stamp still the one of this repair.
      steps.add(new Step("the gap is closed", state.withHorizon(state.snapshot(), Repair.NONE)));
    }
  }
}
