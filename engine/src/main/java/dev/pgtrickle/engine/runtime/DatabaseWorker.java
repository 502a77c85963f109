package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.capture.ChangeProbe;
import dev.pgtrickle.engine.catalog.RefreshRequest;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.PinnedDataSource;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The loop of one database: look what is due, refresh it, and sleep when nothing is. Refreshes run
 * beside each other up to a cap; a table never runs twice at once. Housekeeping happens only while
 * no refresh runs (P5).
 */
final class DatabaseWorker implements AutoCloseable {
  private static final Duration LOOK_WHILE_BUSY = Duration.ofMillis(20);
  private static final Duration READ_REQUESTS_EVERY = Duration.ofSeconds(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final EngineOptions options;
  private final PinnedDataSource sessions;
  private final TableBook book;
  private final DueTables dueTables;
  private final ChangeProbe probe;
  private final RequestInbox inbox;
  private final Housekeeping housekeeping;
  private final RefreshTask task;
  private final SideTasks side;
  private final EngineListener listener;
  private final Clock clock;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore completions = new Semaphore(0);
  private final AtomicInteger running = new AtomicInteger();
  private final Thread thread;
  private final Set<Long> unread = new HashSet<>();
  private volatile boolean stopping;
  private volatile @Nullable TrickleException fatal;
  private volatile @Nullable SleepingConsumer ear;
  private Instant requestsReadAt = Instant.EPOCH;

  DatabaseWorker(
      EngineOptions options,
      PinnedDataSource sessions,
      TableBook book,
      DueTables dueTables,
      ChangeProbe probe,
      RequestInbox inbox,
      Housekeeping housekeeping,
      RefreshTask task,
      SideTasks side,
      EngineListener listener,
      Clock clock) {
    this.options = options;
    this.sessions = sessions;
    this.book = book;
    this.dueTables = dueTables;
    this.probe = probe;
    this.inbox = inbox;
    this.housekeeping = housekeeping;
    this.task = task;
    this.side = side;
    this.listener = listener;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("pgtrickle-worker").unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  /** Why the worker ended by itself, if it did. */
  Optional<TrickleException> fatal() {
    return Optional.ofNullable(fatal);
  }

  private void loop() {
    Duration pause = FIRST_PAUSE;
    while (!stopping && fatal == null) {
      try (SleepingConsumer consumer = SleepingConsumer.open(sessions)) {
        ear = consumer;
        pause = FIRST_PAUSE;
        book.all().forEach(TableState::serverIsBack);
        probe.lookAgain();
        serve(consumer);
      } catch (SQLException failure) {
        pause = unreachable(SqlErrors.translate(failure, "waiting for changes"), pause);
      } catch (TrickleException failure) {
        if (failure.code() == ErrorCode.FENCED_OUT) {
          end(failure);
        } else {
          pause = unreachable(failure, pause);
        }
      } catch (RuntimeException defect) {
        // A defect is told and tried again; a worker that ends in silence would be worse.
        pause =
            unreachable(
                TrickleException.of(ErrorCode.INTERNAL, String.valueOf(defect), "please report it")
                    .causedBy(null, defect),
                pause);
      }
    }
  }

  private void serve(SleepingConsumer consumer) throws SQLException {
    Signal signal = new Signal.Requested();
    while (!stopping && fatal == null) {
      readRequests(signal);
      if (running.get() == 0 && housekeeping.isDue(clock.instant())) {
        housekeeping.run(clock.instant());
      }
      side.begin(clock.instant(), executor, this::end);
      learn(signal);
      if (running.get() == 0 || !housekeeping.isOverdue(clock.instant())) {
        submit(agenda().due());
      }
      // Only now: what a writer notifies needlessly costs less than a trip before the refresh.
      consumer.disarm();
      if (running.get() > 0) {
        awaitCompletion();
        signal = consumer.heard();
      } else {
        signal = sleepUnlessDue(consumer);
      }
    }
  }

  private DueTables.Agenda agenda() {
    return dueTables.decide(book.all(), book.graph(), unread, clock.instant());
  }

  /** Armed first, looked at once more, then asleep: see {@link SleepingConsumer}. */
  private Signal sleepUnlessDue(SleepingConsumer consumer) throws SQLException {
    consumer.arm();
    look();
    DueTables.Agenda agenda = agenda();
    return agenda.due().isEmpty()
        ? consumer.sleep(untilNextLook(agenda.nextLook()))
        : new Signal.Nothing();
  }

  /** A writer that woke us said which source it changed: no need to ask the database again. */
  private void learn(Signal signal) {
    if (signal instanceof Signal.Changed changed) {
      book.readersOf(changed.sourceIds()).forEach(unread::add);
    }
    if (signal instanceof Signal.Requested || running.get() > 0) {
      look();
    }
  }

  /**
   * Adds what has become unread. A table leaves the set when its refresh begins, not when it ends:
   * what is written meanwhile puts it back. Where nobody waits for changes there is nothing to
   * learn; the next look sees all that was not looked at.
   */
  private void look() {
    if (book.followsChanges()) {
      Insistence.whileChanging(probe::look).forEach(seen -> unread.add(seen.versionId()));
    }
  }

  private Duration untilNextLook(Optional<Instant> nextLook) {
    Duration wait =
        nextLook.map(time -> Duration.between(clock.instant(), time)).orElse(options.tick());
    return wait.compareTo(options.tick()) < 0 ? wait : options.tick();
  }

  private void readRequests(Signal signal) {
    Instant now = clock.instant();
    if (signal instanceof Signal.Requested
        || requestsReadAt.plus(READ_REQUESTS_EVERY).isBefore(now)) {
      requestsReadAt = now;
      List<RefreshRequest> open = inbox.read();
      Set<Long> ids = open.stream().map(RefreshRequest::id).collect(Collectors.toSet());
      book.all().forEach(state -> state.keepOnly(ids));
      for (RefreshRequest request : open) {
        Optional<TableState> state = book.find(request.streamTableId());
        if (state.isPresent()) {
          state.get().add(request);
        } else {
          side.works().ask(request);
        }
      }
    }
  }

  private void submit(List<DueUnit> due) {
    for (DueUnit unit : due) {
      if (running.get() >= options.workers()) {
        return;
      }
      running.incrementAndGet();
      book.claim(unit.states());
      unit.states().forEach(state -> unread.remove(state.table().version().id()));
      executor.execute(() -> perform(unit));
    }
  }

  private void perform(DueUnit unit) {
    try {
      task.run(unit);
    } catch (TrickleException failure) {
      end(failure);
    } catch (RuntimeException | Error defect) {
      // A defect in one refresh must not end the loop; it is retried and reported.
      TrickleException reason =
          TrickleException.of(ErrorCode.INTERNAL, String.valueOf(defect), "please report it")
              .causedBy(null, defect);
      for (TableState state : unit.states()) {
        state.failed(ErrorCode.INTERNAL, clock.instant());
        listener.on(new EngineEvent.Failed(state.table().definition().relation(), reason));
      }
    } finally {
      book.release(unit.states());
      running.decrementAndGet();
      completions.release();
    }
  }

  private void awaitCompletion() {
    try {
      completions.tryAcquire(LOOK_WHILE_BUSY.toMillis(), TimeUnit.MILLISECONDS);
      completions.drainPermits();
    } catch (InterruptedException interrupted) {
      stopping = true;
    }
  }

  private Duration unreachable(TrickleException reason, Duration pause) {
    if (stopping) {
      return pause;
    }
    listener.on(new EngineEvent.Unreachable(reason));
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      stopping = true;
    }
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private void end(TrickleException reason) {
    fatal = reason;
    listener.on(new EngineEvent.Ended(reason));
  }

  /** Lets running refreshes finish, then stops. */
  @Override
  public void close() {
    stopping = true;
    try {
      thread.join(options.tick().plus(Duration.ofSeconds(2)));
      executor.shutdown();
      if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
      SleepingConsumer open = ear;
      if (open != null) {
        open.close();
      }
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException interrupted) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
