package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.PinnedDataSource;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.refresh.MaintainedTable;
import dev.pgtrickle.engine.schedule.Backoff;
import dev.pgtrickle.engine.verify.VerificationResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** An engine that owns its database and keeps its tables current. */
final class OwningEngine implements StreamTableEngine {
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);
  private static final int TAKE_UP_ATTEMPTS = 5;

  private static final Duration REFRESH_PATIENCE = Duration.ofMinutes(10);

  private final EngineParts parts;
  private final EngineListener listener;
  private final TableBook book = new TableBook();
  private final DatabaseWorker worker;
  private final EngineClient client;
  private final RandomGenerator random = new Random();
  private final StreamTableRegistry registry = new StreamTableRegistry();

  OwningEngine(
      EngineParts parts,
      PinnedDataSource sessions,
      EngineOptions options,
      EngineListener listener,
      Clock clock) {
    this.parts = parts;
    this.listener = listener;
    this.client = new EngineClient(parts.pool());
    this.worker =
        new DatabaseWorker(
            options,
            sessions,
            book,
            new DueTables(),
            parts.probe(),
            new RequestInbox(parts.pool()),
            new Housekeeping(
                parts.transactions(),
                parts.janitor(),
                parts.capture(),
                new GateKeeper(parts.pool(), parts.transactions(), book),
                listener,
                options.janitorEvery()),
            new RefreshTask(
                parts.refresher(), parts.lifecycle(), parts.transactions(), listener, clock),
            listener,
            clock);
  }

  /** Takes up what the registry knows, then begins to work. */
  void start() {
    for (StreamTableRecord row : registered()) {
      try {
        keep(takeUp(row));
      } catch (TrickleException failure) {
        stall(row, failure);
      }
    }
    worker.start();
  }

  /** A session that is lost on the way costs one table another look, not all of them. */
  private MaintainedTable takeUp(StreamTableRecord row) {
    Backoff backoff = new Backoff(random);
    for (int attempt = 1; ; attempt++) {
      try {
        return parts.lifecycle().open(row);
      } catch (TrickleException failure) {
        if (failure.code().kind() != ErrorCode.Kind.TRANSIENT || attempt == TAKE_UP_ATTEMPTS) {
          throw failure;
        }
        // The session is gone, not the server, as a rule: no reason to wait for long.
        pause(backoff.delay(1, ErrorCode.SERIALIZATION_CONFLICT));
      }
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw TrickleException.of(
          ErrorCode.DATABASE_UNAVAILABLE, "interrupted while opening", "start it again");
    }
  }

  @Override
  public ApplyOutcome apply(StreamTableDefinition definition) {
    Optional<StreamTableRecord> before = find(definition.relation());
    if (before
        .flatMap(row -> book.find(row.id()))
        .filter(state -> isKept(state, definition))
        .isPresent()) {
      return ApplyOutcome.UNCHANGED;
    }
    MaintainedTable table = parts.lifecycle().bring(definition);
    keep(table);
    if (before.isEmpty()) {
      return ApplyOutcome.CREATED;
    }
    return before.get().state() == StreamTableRecord.State.ACTIVE
        ? ApplyOutcome.CHANGED
        : ApplyOutcome.RESUMED;
  }

  @Override
  public List<StreamTableReport> report() {
    return client.report();
  }

  @Override
  public RefreshReport refresh(
      QualifiedName relation, Optional<RefreshMode> mode, Duration patience) {
    return client.refresh(relation, mode, patience);
  }

  @Override
  public VerificationResult verify(QualifiedName relation) {
    StreamTableRecord row = find(relation).orElseThrow(() -> EngineClient.noSuchTable(relation));
    TableState state =
        book.find(row.id())
            .orElseThrow(() ->
                TrickleException.of(
                    ErrorCode.SOURCE_MISSING,
                    relation + " is stalled and cannot be compared",
                    "see trickle status for the reason"));
    VerificationResult result = Insistence.untilQuiet(() -> parts.verifier().verify(state.table()));
    if (result.verdict() != VerificationResult.Verdict.REFRESH_DUE) {
      return result;
    }
    client.refresh(relation, Optional.empty(), REFRESH_PATIENCE);
    return Insistence.untilQuiet(() -> parts.verifier().verify(state.table()));
  }

  /** Why the worker ended by itself, if it did. */
  @Override
  public Optional<TrickleException> ended() {
    return worker.fatal();
  }

  /** What the worker works with decides, not what was written down before it could be done. */
  private static boolean isKept(TableState state, StreamTableDefinition definition) {
    return state.phase() != TableState.Phase.STALLED
        && state.table().definition().equals(definition);
  }

  private void keep(MaintainedTable table) {
    book.put(new TableState(table, new Backoff(random)));
  }

  private Optional<StreamTableRecord> find(QualifiedName relation) {
    try (Connection connection = parts.pool().borrow()) {
      return registry.find(connection, relation);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "reading the registry");
    }
  }

  private List<StreamTableRecord> registered() {
    try (Connection connection = parts.pool().borrow()) {
      return registry.all(connection);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "reading the registry");
    }
  }

  private void stall(StreamTableRecord row, TrickleException failure) {
    if (failure.code().kind() == ErrorCode.Kind.TRANSIENT
        || failure.code() == ErrorCode.FENCED_OUT) {
      throw failure;
    }
    parts
        .transactions()
        .inTransaction(
            LOCK_TIMEOUT,
            connection -> {
              registry.stall(connection, row.id(), failure);
              return Boolean.TRUE;
            });
    listener.on(new EngineEvent.Stalled(row.definition().relation(), failure));
  }

  @Override
  public void close() {
    worker.close();
    parts.pool().close();
  }
}
