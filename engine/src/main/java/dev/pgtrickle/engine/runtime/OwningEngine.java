package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.capture.WakeChannel;
import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.definition.Origin;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.lifecycle.ApplyOutcome;
import dev.pgtrickle.engine.lifecycle.DriftWatch;
import dev.pgtrickle.engine.lifecycle.LifecyclePoint;
import dev.pgtrickle.engine.lifecycle.Owners;
import dev.pgtrickle.engine.lifecycle.ReleaseOrder;
import dev.pgtrickle.engine.lifecycle.ReleaseOutcome;
import dev.pgtrickle.engine.postgres.PinnedDataSource;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.verify.VerificationResult;
import dev.pgtrickle.engine.verify.Verifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/** An engine that owns its database and keeps its tables current. */
final class OwningEngine implements StreamTableEngine {
  private static final Duration REFRESH_PATIENCE = Duration.ofMinutes(10);

  private final EngineParts parts;
  private final EngineListener listener;
  private final TableBook book = new TableBook();
  private final WorkBook works = new WorkBook();
  private final Retries tries = new Retries();
  private final Clock clock;
  private final Watchman watchman;
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
    this.clock = clock;
    this.client = new EngineClient(parts.pool());
    this.watchman =
        new Watchman(
            new DriftWatch(parts.transactions()), works, listener, clock.instant(), random);
    Housekeeping housekeeping =
        new Housekeeping(
            parts.transactions(),
            parts.janitor(),
            parts.capture(),
            new CaptureWatch(parts.capture(), book, listener),
            new GateKeeper(parts.pool(), parts.transactions(), book, parts.rules()),
            listener,
            options.janitorEvery());
    WorkTask workTask =
        new WorkTask(parts.lifecycle(), parts.transactions(), book, works, listener, clock, random);
    Sweeper sweeper =
        new Sweeper(parts.transactions(), parts.capture(), works, listener, options.janitorEvery());
    this.worker =
        new DatabaseWorker(
            options,
            sessions,
            book,
            new DueTables(),
            parts.probe(),
            new RequestInbox(parts.pool()),
            housekeeping,
            new RefreshTask(
                parts.refresher(),
                new RefreshRemedies(parts.lifecycle(), listener),
                new RefreshFailures(
                    parts.lifecycle(), parts.transactions(), works, listener, clock),
                parts.transactions(),
                listener,
                clock),
            new SideTasks(book, works, workTask, sweeper, watchman, housekeeping),
            listener,
            clock);
  }

  @Override
  public void watch() {
    watchman.lookSoon();
  }

  /** The worker takes up what the registry knows, each table on its own. */
  void start() {
    registered().stream().map(StreamTableRecord::id).forEach(works::want);
    worker.start();
  }

  @Override
  public ApplyOutcome apply(StreamTableDefinition definition, Owners owners) {
    ApplyOutcome outcome = parts.claims().apply(definition, owners);
    if (outcome.claim() == ApplyOutcome.Claim.HELD) {
      parts.rules().steps().passed(LifecyclePoint.WANTED, definition.relation());
      find(definition.relation())
          .filter(row -> !(outcome instanceof ApplyOutcome.Unchanged) || needsWork(row))
          .ifPresent(row -> want(row.id()));
    }
    return outcome;
  }

  /**
   * A call that died after it had written the wish told nobody; and whoever asks again for what
   * stands still has perhaps put right what was in the way.
   */
  private boolean needsWork(StreamTableRecord row) {
    if (row.stall().isPresent()) {
      return isUsers(row.stall().get().code()) && tries.allowed(row.id(), clock.instant());
    }
    return !works.isWaiting(row.id()) && book.find(row.id()).isEmpty();
  }

  private static boolean isUsers(String word) {
    return EngineClient.codeOf(word).kind() == ErrorCode.Kind.USER;
  }

  @Override
  public ReleaseOutcome release(QualifiedName relation, Origin owner, ReleaseOrder order) {
    ReleaseOutcome outcome = parts.releases().release(relation, owner, order);
    parts.rules().steps().passed(LifecyclePoint.RELEASED, relation);
    find(relation).map(StreamTableRecord::id).ifPresent(this::want);
    return outcome;
  }

  /** Without the wake-up the worker would see it within a tick all the same. */
  private void want(long streamTableId) {
    works.want(streamTableId);
    try (Connection connection = parts.pool().borrow();
        Statement statement = connection.createStatement()) {
      statement.execute(WakeChannel.wakeQuery());
    } catch (SQLException unreachable) {
      listener.on(
          new EngineEvent.Unreachable(SqlErrors.translate(unreachable, "waking the worker")));
    }
  }

  @Override
  public StreamTableReport await(QualifiedName relation, Duration patience) {
    long id = find(relation).orElseThrow(() -> EngineClient.noSuchTable(relation)).id();
    return new Waiting(this::report, this::ended, () -> works.isUndecided(id, clock.instant()))
        .until(relation, patience);
  }

  @Override
  public void request(QualifiedName relation, Optional<RefreshMode> mode, String token) {
    client.request(relation, mode, token);
  }

  @Override
  public DatabaseReport database() {
    return client.database();
  }

  @Override
  public List<StreamTableReport> report() {
    return client.report(RowFigures.STATISTICS);
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
                    works.isWaiting(row.id()) ? ErrorCode.OBJECT_CHANGED : ErrorCode.NOT_FOUND,
                    relation + " is not maintained at the moment and cannot be compared",
                    "see trickle status for the reason"));
    VerificationResult result = compare(state, Verifier.Occasion.AT_ANY_TIME);
    if (result.verdict() != VerificationResult.Verdict.REFRESH_DUE) {
      return result;
    }
    client.refresh(relation, Optional.empty(), REFRESH_PATIENCE);
    return compare(state, Verifier.Occasion.AFTER_REFRESH);
  }

  private VerificationResult compare(TableState state, Verifier.Occasion occasion) {
    return Insistence.untilQuiet(() -> parts.verifier().verify(state.table(), occasion));
  }

  /** Why the worker ended by itself, if it did. */
  @Override
  public Optional<TrickleException> ended() {
    return worker.fatal();
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

  @Override
  public void close() {
    worker.close();
    parts.pool().close();
  }
}
