package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.RequestQueue;
import dev.pgtrickle.engine.catalog.RequestState;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.Brought;
import dev.pgtrickle.engine.lifecycle.StreamTableLifecycle;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.schedule.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Brings one table to what is wanted of it, as far as that is possible now. */
final class WorkTask {
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  /** What a person has to put right is looked at again by itself, without haste. */
  private static final Duration AFTER_A_STALL = Duration.ofMinutes(5);

  /** Whose first load may take hours: it is looked at in silence. */
  private static final Duration FOR_AN_UPSTREAM = Duration.ofSeconds(1);

  private static final int QUIET_CONFLICTS = 3;

  private final StreamTableLifecycle lifecycle;
  private final FencedTransactions transactions;
  private final TableBook tables;
  private final WorkBook works;
  private final EngineListener listener;
  private final Clock clock;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final StreamTableRegistry registry = new StreamTableRegistry();
  private final RequestQueue requests = new RequestQueue();

  WorkTask(
      StreamTableLifecycle lifecycle,
      FencedTransactions transactions,
      TableBook tables,
      WorkBook works,
      EngineListener listener,
      Clock clock,
      RandomGenerator random) {
    this.lifecycle = lifecycle;
    this.transactions = transactions;
    this.tables = tables;
    this.works = works;
    this.listener = listener;
    this.clock = clock;
    this.random = random;
    this.backoff = new Backoff(random);
  }

  /** Never throws but FENCED_OUT, which ends the worker. */
  void run(TableWork work) {
    Optional<StreamTableRecord> row = Optional.empty();
    try {
      row =
          transactions.inTransaction(
              LOCK_TIMEOUT, connection -> registry.byId(connection, work.streamTableId()));
      if (row.isPresent()) {
        Brought brought = lifecycle.bring(row.get());
        if (brought instanceof Brought.Waiting) {
          works.failed(work, clock.instant().plus(FOR_AN_UPSTREAM));
          return;
        }
        accept(row.get(), brought);
      }
      works.done(work);
    } catch (TrickleException failure) {
      handle(work, row.orElse(null), failure);
    } catch (RuntimeException | Error defect) {
      // A defect in one table must not end the others; it is tried again and reported.
      handle(
          work,
          row.orElse(null),
          TrickleException.of(ErrorCode.INTERNAL, String.valueOf(defect), "please report it")
              .causedBy(null, defect));
    }
  }

  private void accept(StreamTableRecord row, Brought brought) {
    switch (brought) {
      case Brought.Maintained maintained -> {
        tables.put(new TableState(maintained.table(), new Backoff(random)));
        listener.on(new EngineEvent.Established(row.definition().relation(), maintained.news()));
      }
      case Brought.Paused _, Brought.Waiting _ -> {}
      case Brought.Retired retired ->
          listener.on(new EngineEvent.Retired(row.definition().relation()));
      case Brought.Removed removed ->
          listener.on(new EngineEvent.Removed(row.definition().relation()));
    }
  }

  private void handle(TableWork work, @Nullable StreamTableRecord row, TrickleException failure) {
    Instant now = clock.instant();
    if (failure.code() == ErrorCode.FENCED_OUT) {
      works.failed(work, now.plus(AFTER_A_STALL));
      throw failure;
    }
    boolean passes =
        failure.code().kind() == ErrorCode.Kind.TRANSIENT
            || failure.code() == ErrorCode.AUTHENTICATION_FAILED;
    if (passes || row == null) {
      goOnAsBefore(work);
      tell(work, row, failure);
      works.failed(work, now.plus(backoff.delay(work.failures() + 1, failure.code())));
    } else {
      stall(work, row, failure);
      works.failed(work, now.plus(AFTER_A_STALL));
    }
  }

  /** As long as the old rows answer the old query, they are kept current. */
  private void goOnAsBefore(TableWork work) {
    TableState former = work.former();
    try {
      if (former != null && lifecycle.isStillMaintainable(former.table())) {
        tables.put(former);
      }
    } catch (TrickleException unreachable) {
      // Nobody can say at the moment; the next try of the work will.
    }
  }

  /** Losing a race for a lock now and then is nothing to tell anybody about. */
  private void tell(TableWork work, @Nullable StreamTableRecord row, TrickleException failure) {
    boolean conflict =
        failure.code() == ErrorCode.LOCK_TIMEOUT
            || failure.code() == ErrorCode.SERIALIZATION_CONFLICT
            || failure.code() == ErrorCode.OBJECT_CHANGED;
    if (row == null
        || failure.code() == ErrorCode.DATABASE_UNAVAILABLE
        || (conflict && work.failures() < QUIET_CONFLICTS)) {
      return;
    }
    listener.on(new EngineEvent.Failed(row.definition().relation(), failure));
    quietly(() ->
        transactions.inTransaction(
            LOCK_TIMEOUT,
            connection -> {
              registry.recordFailure(connection, row.id(), failure.oneLine());
              return Boolean.TRUE;
            }));
  }

  private void stall(TableWork work, StreamTableRecord row, TrickleException failure) {
    listener.on(new EngineEvent.Stalled(row.definition().relation(), failure));
    quietly(() ->
        transactions.inTransaction(
            LOCK_TIMEOUT,
            connection -> {
              registry.stall(connection, row, failure);
              return Boolean.TRUE;
            }));
    works
        .takeRequests(work)
        .forEach(request ->
            quietly(() ->
                transactions.inTransaction(
                    LOCK_TIMEOUT,
                    connection -> {
                      requests.finish(connection, request.id(), RequestState.failed(failure));
                      return Boolean.TRUE;
                    })));
  }

  private void quietly(Runnable report) {
    try {
      report.run();
    } catch (TrickleException lost) {
      listener.on(new EngineEvent.Unreachable(lost));
    }
  }
}
