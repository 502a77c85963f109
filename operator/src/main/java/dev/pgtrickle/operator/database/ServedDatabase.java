package dev.pgtrickle.operator.database;

import dev.pgtrickle.cnpg.connection.ConnectionRequest;
import dev.pgtrickle.cnpg.connection.ConnectionResolver;
import dev.pgtrickle.cnpg.connection.Resolution;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.runtime.EngineEvent;
import dev.pgtrickle.engine.runtime.StreamTableEngine;
import dev.pgtrickle.engine.runtime.StreamTableReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database with its Lease and its engine, on a thread of its own: opens, reads what there is to
 * report, opens again after a trouble. Reconcilers only look at what it has found; they never wait
 * for a connection.
 */
final class ServedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServedDatabase.class);

  /**
   * Only an engine that has lasted makes the next retry a first one: two that push each other out
   * would else do so several times a second.
   */
  private static final Duration PROVEN_AFTER = Duration.ofSeconds(60);

  private final DatabaseKey key;
  private final ConnectionResolver resolver;
  private final EngineOpener opener;
  private final LeaseKeeper lease;
  private final DatabaseListener listener;
  private final LongSupplier incarnations;
  private final Clock clock;
  private final TableSeats seats = new TableSeats();
  private final ReportBoard board;
  private final Semaphore nudges = new Semaphore(0);
  private final Thread thread;
  private final StandingBoard standing;
  private final LeaseTurn turn;
  private volatile boolean closed;
  private volatile Instant lastStep;
  private volatile boolean reopen;
  private volatile @Nullable TrickleException unreachable;
  private @Nullable StreamTableEngine engine;
  private Optional<Login> openedAs = Optional.empty();
  private Instant openedAt = Instant.EPOCH;
  private RetryPause pause = RetryPause.none();
  private final ReadPace pace = new ReadPace();

  ServedDatabase(
      DatabaseKey key,
      ConnectionResolver resolver,
      EngineOpener opener,
      LeaseKeeperFactory leases,
      DatabaseListener listener,
      LongSupplier incarnations,
      Clock clock) {
    this.key = key;
    this.resolver = resolver;
    this.opener = opener;
    this.lease = leases.keeper(key, this::nudge);
    this.listener = listener;
    this.incarnations = incarnations;
    this.clock = clock;
    this.board = new ReportBoard(key, seats, listener);
    this.lastStep = clock.instant();
    this.standing = new StandingBoard(key, seats, listener, clock);
    this.turn = new LeaseTurn(key, lease, standing);
    this.thread = Thread.ofVirtual().name("pgtrickle-database " + key).unstarted(this::loop);
  }

  /** Makes the keeper of a database's Lease. */
  @FunctionalInterface
  interface LeaseKeeperFactory {
    LeaseKeeper keeper(DatabaseKey key, Runnable changed);
  }

  void start() {
    lease.start();
    thread.start();
  }

  /** Notes what a resource wants and says how it stands with the database for it. */
  DatabaseStanding join(TableId table, QualifiedName relation, ConnectionRequest request) {
    Optional<Login> other = seats.take(table, new TableSeats.Seat(relation, request));
    if (other.isPresent()) {
      return new DatabaseStanding.Troubled(
          new DatabaseTrouble(
              DatabaseTrouble.Kind.CONFLICT,
              "other stream tables of this database use the credentials " + other.get(),
              "one database has one login: write the same spec.credentials everywhere"),
          clock.instant());
    }
    return standing.present();
  }

  void leave(TableId table) {
    if (seats.leave(table)) {
      listener.left(key, table);
    }
  }

  boolean isUnused() {
    return seats.isEmpty();
  }

  /** When its thread finished a step last. */
  Instant lastStep() {
    return lastStep;
  }

  DatabaseStanding standing() {
    return standing.present();
  }

  Optional<StreamTableReport> report(QualifiedName relation, Instant after) {
    return seats.report(relation, after);
  }

  List<TableId> claimants(QualifiedName relation) {
    return seats.tablesOf(relation);
  }

  /** Looks as soon as the pace allows it. */
  void nudge() {
    nudges.release();
  }

  /** What is there now is another database, or the login is another one. */
  void reopen() {
    reopen = true;
    nudge();
  }

  private void loop() {
    while (!closed) {
      try {
        step();
      } catch (RuntimeException defect) {
        LOG.error("a defect while looking after {}", key, defect);
        trouble(
            DatabaseTrouble.of(
                TrickleException.of(
                    ErrorCode.INTERNAL, String.valueOf(defect), "please report it")));
      }
      lastStep = clock.instant();
      awaitNudge();
    }
    shut();
  }

  private void step() {
    Instant now = clock.instant();
    if (!turn.isOurs(now)) {
      shut();
      return;
    }
    StreamTableEngine open = engine;
    if (open != null && (reopen || !openedAs.equals(seats.login()))) {
      shut();
      open = null;
      pause = RetryPause.none();
    }
    reopen = false;
    if (open == null) {
      if (pause.isOver(now)) {
        open();
      }
      return;
    }
    Optional<TrickleException> ended = open.ended();
    if (ended.isPresent()) {
      shut();
      trouble(DatabaseTrouble.of(ended.get()));
      return;
    }
    // Before reading, since a session that is open already may still read what no new one can.
    if (!givesUp()) {
      read(open);
      givesUp();
    }
  }

  private boolean givesUp() {
    TrickleException lost = unreachable;
    if (lost == null || !needsAnotherEngine(lost)) {
      return false;
    }
    shut();
    trouble(DatabaseTrouble.of(lost));
    return true;
  }

  /**
   * An open engine finds a server again by itself. It keeps the password and the authority that it
   * was opened with, though, and works with what was installed then.
   */
  private static boolean needsAnotherEngine(TrickleException lost) {
    return switch (DatabaseTrouble.of(lost).kind()) {
      case AUTHENTICATION_FAILED, TLS_VERIFICATION_FAILED -> true;
      default -> lost.code() == ErrorCode.NOT_FOUND;
    };
  }

  private void open() {
    Optional<ConnectionRequest> request = seats.request();
    if (request.isEmpty()) {
      return;
    }
    Optional<Login> login = seats.login();
    switch (resolver.resolve(request.get())) {
      case Resolution.Unresolved unresolved -> trouble(DatabaseTrouble.of(unresolved.failure()));
      case Resolution.Resolved resolved -> {
        try {
          StreamTableEngine opened = opener.open(resolved.connection(), this::heard);
          engine = opened;
          openedAs = login;
          openedAt = clock.instant();
          unreachable = null;
          LOG.info("working in {}", key);
          standing.become(
              new DatabaseStanding.Served(
                  opened, opened.database(), incarnations.getAsLong(), clock.instant()));
          nudge();
        } catch (TrickleException failure) {
          shut();
          trouble(DatabaseTrouble.of(failure));
        }
      }
    }
  }

  private void read(StreamTableEngine open) {
    try {
      Instant began = clock.instant();
      board.show(open.report(), began);
      pace.read(began, clock.instant());
      if (openedAt.plus(PROVEN_AFTER).isBefore(began)) {
        pause = RetryPause.none();
      }
      if (unreachable != null) {
        unreachable = null;
        standing.become(
            new DatabaseStanding.Served(
                open, open.database(), incarnations.getAsLong(), clock.instant()));
      }
    } catch (TrickleException failure) {
      unreachable = failure;
      // The engine goes on trying by itself: it is only said how it stands.
      standing.trouble(DatabaseTrouble.of(failure));
    }
  }

  private void heard(EngineEvent event) {
    switch (event) {
      case EngineEvent.Unreachable lost -> unreachable = lost.reason();
      case EngineEvent.Ended ended -> unreachable = ended.reason();
      default -> {}
    }
    board.pass(event);
    nudge();
  }

  private void trouble(DatabaseTrouble trouble) {
    pause = pause.after(trouble, clock.instant());
    standing.trouble(trouble);
  }

  private void shut() {
    StreamTableEngine open = engine;
    engine = null;
    openedAs = Optional.empty();
    if (open != null) {
      open.close();
      seats.replaceReports(List.of(), Instant.EPOCH);
    }
  }

  private void awaitNudge() {
    try {
      if (nudges.tryAcquire(pace.idle().toMillis(), TimeUnit.MILLISECONDS)) {
        Thread.sleep(pace.told(clock.instant()));
        nudges.drainPermits();
      }
    } catch (InterruptedException interrupted) {
      closed = true;
    }
  }

  /** Lets running refreshes end, then gives the Lease up. */
  @Override
  public void close() {
    closed = true;
    nudge();
    try {
      thread.join(Duration.ofSeconds(20));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    lease.close();
    seats.tables().forEach(table -> listener.left(key, table));
  }
}
