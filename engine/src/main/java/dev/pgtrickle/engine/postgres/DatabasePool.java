package dev.pgtrickle.engine.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pgtrickle.engine.error.TrickleException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A bounded pool of pinned sessions in one database. */
public final class DatabasePool implements AutoCloseable {
  private static final Duration ACQUIRE_WITHIN = Duration.ofSeconds(10);
  private static final Duration VALIDATE_WITHIN = Duration.ofSeconds(2);

  private final ConnectionTarget target;
  private final HikariDataSource pool;

  private DatabasePool(ConnectionTarget target, HikariDataSource pool) {
    this.target = target;
    this.pool = pool;
  }

  /**
   * Opens a pool; connections are made when they are asked for.
   *
   * @param listener told of every new connection before anybody else uses it
   */
  public static DatabasePool open(
      ConnectionTarget target, PinnedSession session, int size, NewSessionListener listener) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(
        new PersistentDataSource(
            new PinnedDataSource(target, session, listener), ACQUIRE_WITHIN.dividedBy(2)));
    config.setExceptionOverride(new SpoiledSessions());
    config.setPoolName("pgtrickle");
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(ACQUIRE_WITHIN.toMillis());
    config.setValidationTimeout(VALIDATE_WITHIN.toMillis());
    config.setIdleTimeout(Duration.ofMinutes(10).toMillis());
    config.setMaxLifetime(Duration.ofMinutes(60).toMillis());
    return new DatabasePool(target, new HikariDataSource(config));
  }

  public ConnectionTarget target() {
    return target;
  }

  /** A pinned session in autocommit mode. Closing it gives it back. */
  public Connection borrow() {
    try {
      return pool.getConnection();
    } catch (SQLException failure) {
      // What the listener of new sessions found says more than that the pool has nothing to give.
      if (failure.getCause() instanceof TrickleException refused) {
        throw refused;
      }
      throw SqlErrors.translate(reason(failure), "connecting to " + target);
    }
  }

  /** Why the last attempt failed says more than that the pool has nothing to give. */
  private static SQLException reason(SQLException failure) {
    return failure.getCause() instanceof SQLException attempt ? attempt : failure;
  }

  /** Throws away a session whose state is not known any more. */
  public void discard(Connection connection) {
    pool.evictConnection(connection);
  }

  @Override
  public void close() {
    pool.close();
  }
}
