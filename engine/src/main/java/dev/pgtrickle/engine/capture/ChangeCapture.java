package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.catalog.BufferPair;
import dev.pgtrickle.engine.catalog.RegisteredSource;
import dev.pgtrickle.engine.catalog.SourceReaders;
import dev.pgtrickle.engine.catalog.SourceRegistry;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.ChangeColumns;
import dev.pgtrickle.engine.source.ChangeWindow;
import dev.pgtrickle.engine.source.SourceRequirement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Captures the changes of base tables: takes a requirement, gives a window. Every operation may die
 * at any moment and be called again; what an unfinished one leaves can prove nothing, so a refresh
 * goes full rather than wrong.
 */
public final class ChangeCapture {
  private final FencedTransactions transactions;
  private final SourceRegistry registry;
  private final SourceReaders readers = new SourceReaders();
  private final CapturePreparation preparation;
  private final CaptureCompletion completion;
  private final CaptureRelease release;
  private final LeaseKeeper leases;
  private final CaptureSettings settings;

  /** By relation; held while its capture is being changed. */
  private final Map<Long, ReentrantLock> changing = new ConcurrentHashMap<>();

  public ChangeCapture(
      FencedTransactions transactions,
      SourceRegistry registry,
      CaptureRules rules,
      CaptureSettings settings) {
    CaptureInstallation installation = new CaptureInstallation(registry, rules);
    this.transactions = transactions;
    this.registry = registry;
    this.settings = settings;
    this.preparation = new CapturePreparation(installation, rules.publications());
    this.completion =
        new CaptureCompletion(transactions, installation, rules.barrier(), settings.lockBudget());
    this.release =
        new CaptureRelease(transactions, installation, rules.barrier(), settings.lockBudget());
    this.leases =
        new LeaseKeeper(transactions, installation, rules.deadline(), settings.lockBudget());
  }

  /**
   * Captures the required columns of an ordinary table from now on: installs, extends or repairs
   * what is there. When this returns, any snapshot taken afterwards may become a frontier.
   */
  public CaptureResult ensure(SourceRequirement requirement, CaptureOptions options) {
    return alone(requirement.relationOid(), () -> install(requirement, options));
  }

  private CaptureResult install(SourceRequirement requirement, CaptureOptions options) {
    CaptureCompletion.Changed changed =
        transactions.politely(
            settings.lockBudget(),
            connection ->
                completion.changed(
                    connection, preparation.ensure(connection, requirement, options)));
    completion.complete(changed);
    return new CaptureResult(changed.source().id(), changed.source().coverage());
  }

  /** A relation that is captured already; touches nothing. */
  public CaptureResult registered(long relationOid) {
    RegisteredSource source =
        transactions.inTransaction(
            transactions.lockTimeouts().bound(),
            connection ->
                registry
                    .ofRelation(connection, relationOid)
                    .orElseThrow(() -> notCaptured(relationOid)));
    return new CaptureResult(source.id(), source.coverage());
  }

  /** Where the changes of these columns stand, in all generations that may hold unread rows. */
  public ChangeWindow window(long sourceId, Collection<Integer> attributeNumbers) {
    RegisteredSource source =
        transactions.inTransaction(
            transactions.lockTimeouts().bound(),
            connection ->
                registry.byId(connection, sourceId).orElseThrow(() -> notCaptured(sourceId)));
    SortedMap<Integer, String> types = new TreeMap<>(source.currentPair().columns());
    types.keySet().retainAll(attributeNumbers);
    if (types.size() < attributeNumbers.size()) {
      throw notCaptured(sourceId);
    }
    List<QualifiedName> buffers = new ArrayList<>();
    for (BufferPair pair : source.pairs()) {
      if (!pair.drained() && pair.columns().entrySet().containsAll(types.entrySet())) {
        buffers.addAll(pair.buffers());
      }
    }
    SortedMap<Integer, Identifier> columns = new TreeMap<>();
    types.keySet().forEach(number -> columns.put(number, ChangeColumns.captured(number)));
    return new ChangeWindow(sourceId, source.relationOid(), buffers, columns);
  }

  /**
   * Closes a capture gap: a trigger was disabled or dropped, a function replaced, the deadline
   * passed. From the first commit on nothing can be proven; when this returns, a snapshot taken
   * afterwards may become a frontier, and every older frontier fails its proof. Only then may a
   * full refresh begin.
   */
  public CaptureResult repair(long sourceId) {
    return alone(oidOf(sourceId), () -> closeGap(sourceId));
  }

  private CaptureResult closeGap(long sourceId) {
    // Whoever released it while we waited for our turn has won.
    oidOf(sourceId);
    CaptureCompletion.Changed changed =
        transactions.politely(
            settings.lockBudget(),
            connection -> {
              RegisteredSource source =
                  registry.byId(connection, sourceId).orElseThrow(() -> notCaptured(sourceId));
              CaptureOptions options =
                  new CaptureOptions(source.wake(), serverTime(connection).plus(Deadline.LENGTH));
              return completion.changed(
                  connection, preparation.repair(connection, sourceId, options));
            });
    completion.complete(changed);
    return new CaptureResult(changed.source().id(), changed.source().coverage());
  }

  /**
   * Renews the leases of which less than half is left. A source that is busy is left for the next
   * time; there are twelve hours for it.
   *
   * @return the sources that must be repaired, since their lease had passed or their capture is not
   *     what we left
   */
  public List<Long> renewLeases(Instant now) {
    List<Long> broken = new ArrayList<>();
    for (long sourceId : leases.sources()) {
      try {
        if (leases.renew(sourceId, now) == LeaseKeeper.Outcome.BROKEN) {
          broken.add(sourceId);
        }
      } catch (TrickleException failure) {
        switch (failure.code().kind()) {
          case TRANSIENT -> {}
          case USER -> {
            if (failure.code() == ErrorCode.FENCED_OUT) {
              throw failure;
            }
            broken.add(sourceId);
          }
          case BUG -> throw failure;
        }
      }
    }
    return broken;
  }

  /**
   * The sources that must be repaired, asked of all of them. A column that was renamed or altered
   * makes the application's writes fail until then, so this is asked often, not only when a refresh
   * is due. A capture that is just being installed or repaired looks broken and is not: while that
   * goes on, nothing is reported.
   */
  public List<Long> broken() {
    List<Long> broken = new ArrayList<>();
    for (RegisteredSource source : sources()) {
      ReentrantLock lock = lock(source.relationOid());
      if (lock.tryLock()) {
        try {
          if (isConsumed(source.id()) && leases.isBroken(source.id())) {
            broken.add(source.id());
          }
        } finally {
          lock.unlock();
        }
      }
    }
    return broken;
  }

  /** Ends the capture of a source, unless some frontier still needs it. */
  public void release(long sourceId) {
    Optional<RegisteredSource> source =
        transactions.inTransaction(
            transactions.lockTimeouts().bound(), connection -> registry.byId(connection, sourceId));
    source.ifPresent(present ->
        alone(
            present.relationOid(),
            () -> {
              release.release(sourceId);
              return sourceId;
            }));
  }

  /** One that nobody reads is not repaired: it is on its way out. */
  private boolean isConsumed(long sourceId) {
    return transactions.inTransaction(
        transactions.lockTimeouts().bound(),
        connection -> readers.isConsumed(connection, sourceId));
  }

  /**
   * The sources that no frontier needs: what is left of a table that was not created in the end, or
   * of a release that was killed. A capture that is just being installed looks like one; so this is
   * asked only while nothing is being installed.
   */
  public List<Long> unused() {
    return transactions.inTransaction(
        transactions.lockTimeouts().bound(), readers::withoutConsumer);
  }

  private List<RegisteredSource> sources() {
    return transactions.inTransaction(transactions.lockTimeouts().bound(), registry::all);
  }

  private long oidOf(long sourceId) {
    return transactions
        .inTransaction(
            transactions.lockTimeouts().bound(),
            connection ->
                registry.byId(connection, sourceId).orElseThrow(() -> notCaptured(sourceId)))
        .relationOid();
  }

  private ReentrantLock lock(long relationOid) {
    return changing.computeIfAbsent(relationOid, oid -> new ReentrantLock());
  }

  /** One thread a relation; whoever waits for too long gives way and comes again. */
  private <R> R alone(long relationOid, Supplier<R> change) {
    ReentrantLock lock = lock(relationOid);
    try {
      if (!lock.tryLock(settings.lockBudget().toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy(relationOid);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw busy(relationOid);
    }
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }

  private static TrickleException busy(long relationOid) {
    return TrickleException.of(
        ErrorCode.OBJECT_CHANGED,
        "the capture of relation " + relationOid + " is being changed at the same time",
        "it is tried again by itself");
  }

  private static Instant serverTime(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  private static TrickleException notCaptured(long sourceId) {
    return TrickleException.of(
        ErrorCode.OBJECT_CHANGED,
        "source " + sourceId + " is not captured with these columns any more",
        "it is tried again by itself");
  }
}
