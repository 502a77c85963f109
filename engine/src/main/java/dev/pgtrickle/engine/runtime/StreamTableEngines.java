package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.catalog.CatalogMigrator;
import dev.pgtrickle.engine.catalog.CopiedDatabase;
import dev.pgtrickle.engine.catalog.EngineRights;
import dev.pgtrickle.engine.catalog.Lineage;
import dev.pgtrickle.engine.catalog.Ownership;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.FenceEpoch;
import dev.pgtrickle.engine.postgres.NewSessionListener;
import dev.pgtrickle.engine.postgres.PinnedDataSource;
import dev.pgtrickle.engine.postgres.PinnedSession;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** Where engines come from. */
public final class StreamTableEngines {
  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(10);

  private StreamTableEngines() {}

  /** Takes ownership of the database and starts a worker. */
  public static StreamTableEngine open(
      ConnectionTarget target, EngineOptions options, EngineListener listener) {
    return open(target, options, listener, EngineRules.standard());
  }

  /** The same with rules of the caller's, for tests. */
  public static StreamTableEngine open(
      ConnectionTarget target, EngineOptions options, EngineListener listener, EngineRules rules) {
    PinnedSession session = new PinnedSession(STATEMENT_TIMEOUT);
    Ownership ownership = new Ownership();
    FenceEpoch epoch = takeOver(target, session, options, ownership, rules.lineage());
    NewSessionListener recorder =
        connection -> {
          ownership.record(connection, epoch);
          rules.lineage().requireOwn(connection);
        };
    // The refreshes, their reports, the worker's own looks, a caller or two, and what is created.
    int sessions = options.workers() + 4 + SideTasks.WORKS_AT_ONCE;
    DatabasePool pool = DatabasePool.open(target, session, sessions, recorder);
    try {
      Clock clock = Clock.systemUTC();
      OwningEngine engine =
          new OwningEngine(
              EngineParts.assemble(pool, epoch, rules, clock, listener),
              new PinnedDataSource(target, session, recorder),
              options,
              listener,
              clock);
      engine.start();
      return engine;
    } catch (RuntimeException failure) {
      pool.close();
      throw failure;
    }
  }

  /** For status, verify, requests and uninstall, beside whoever owns the database. */
  public static EngineClient client(ConnectionTarget target) {
    return new EngineClient(
        DatabasePool.open(
            target, new PinnedSession(STATEMENT_TIMEOUT), 2, NewSessionListener.none()));
  }

  private static FenceEpoch takeOver(
      ConnectionTarget target,
      PinnedSession session,
      EngineOptions options,
      Ownership ownership,
      Lineage lineage) {
    PinnedDataSource source = new PinnedDataSource(target, session, NewSessionListener.none());
    try (Connection connection = source.getConnection()) {
      new EngineRights().check(connection);
      new CatalogMigrator(options.program()).migrate(connection);
      FenceEpoch epoch = ownership.take(connection, options.owner());
      new CopiedDatabase(lineage).disown(connection, epoch);
      return epoch;
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "connecting to " + target);
    }
  }
}
