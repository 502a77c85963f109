package dev.pgtrickle.engine.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps asking a server that is away, several times a second, for as long as a borrower of the pool
 * waits. The pool itself would ask ever more rarely, and find out seconds late that the server is
 * back after a switchover.
 */
final class PersistentDataSource implements DataSource {
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);

  private final DataSource source;
  private final Duration patience;

  PersistentDataSource(DataSource source, Duration patience) {
    this.source = source;
    this.patience = patience;
  }

  @Override
  public Connection getConnection() throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return source.getConnection();
      } catch (SQLException failure) {
        if (!isAway(failure) || System.nanoTime() >= deadline) {
          throw failure;
        }
        pause(failure);
      }
    }
  }

  /** No connection, or one that the server does not accept while it starts or stops. */
  private static boolean isAway(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P"));
  }

  private static void pause(SQLException failure) throws SQLException {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return source.getConnection(user, password);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }
}
