package dev.pgtrickle.engine.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Hands out new physical connections, each pinned before anybody sees it. */
public final class PinnedDataSource implements DataSource {
  /** Longer than any network takes; a service that leads nowhere for a moment hangs for so long. */
  private static final int CONNECT_SECONDS = 2;

  /**
   * Longer than any server takes to welcome a client. One that listens and says nothing, such as a
   * service in front of an instance that is gone, would otherwise be waited for without end.
   */
  private static final int WELCOME_SECONDS = 5;

  private final ConnectionTarget target;
  private final PinnedSession session;
  private final NewSessionListener listener;
  private int loginTimeout = CONNECT_SECONDS;

  public PinnedDataSource(
      ConnectionTarget target, PinnedSession session, NewSessionListener listener) {
    this.target = target;
    this.session = session;
    this.listener = listener;
  }

  @Override
  public Connection getConnection() throws SQLException {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(target.url());
    driver.setUser(target.user());
    driver.setPassword(target.password());
    driver.setApplicationName("pgtrickle");
    driver.setConnectTimeout(loginTimeout);
    driver.setSocketTimeout(WELCOME_SECONDS);
    driver.setSocketFactory(WatchfulSockets.class.getName());
    // The driver sets the option itself, whatever the socket says.
    driver.setTcpKeepAlive(true);
    // Every statement of the fast path is prepared on first use, so that it is planned once.
    driver.setPrepareThreshold(1);
    // A parameter takes the type that the SQL gives it; otherwise it would be cast row by row.
    driver.setStringType("unspecified");
    Connection connection = driver.getConnection();
    try {
      session.pin(connection);
      listener.opened(connection);
      // From now on an answer may rightly take hours.
      connection.setNetworkTimeout(Runnable::run, 0);
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user is fixed");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // Nothing is ever written there: the driver logs through java.util.logging.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeout = seconds == 0 ? CONNECT_SECONDS : Math.min(seconds, CONNECT_SECONDS);
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing of type " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
