package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.capture.WakeChannel;
import dev.pgtrickle.engine.postgres.PinnedDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The worker's ear: a session of its own that LISTENs, never sits in a transaction, and holds the
 * advisory lock that tells writers "I sleep, wake me" only while it really does.
 *
 * <p>A writer looks at the lock before it commits. So the order is: arm, then look for changes once
 * more, then sleep; a commit that slips between is found by the next tick.
 */
final class SleepingConsumer implements AutoCloseable {
  private final Connection connection;
  private boolean armed;

  private SleepingConsumer(Connection connection) {
    this.connection = connection;
  }

  static SleepingConsumer open(PinnedDataSource source) throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + WakeChannel.NAME);
    } catch (SQLException failure) {
      connection.close();
      throw failure;
    }
    return new SleepingConsumer(connection);
  }

  /** Tells writers that we sleep. False while one of them is just looking. */
  boolean arm() throws SQLException {
    armed = armed || ask(WakeChannel.armQuery());
    return armed;
  }

  /** Sleeps until somebody notifies, at most so long. */
  Signal sleep(Duration atMost) throws SQLException {
    int millis = (int) Math.max(1, Math.min(atMost.toMillis(), Integer.MAX_VALUE));
    PGNotification[] notifications = connection.unwrap(PGConnection.class).getNotifications(millis);
    if (notifications == null || notifications.length == 0) {
      return new Signal.Nothing();
    }
    Set<Long> sources = new HashSet<>();
    for (PGNotification notification : notifications) {
      OptionalLong source = WakeChannel.sourceOf(notification.getParameter());
      if (source.isEmpty()) {
        return new Signal.Requested();
      }
      sources.add(source.getAsLong());
    }
    return new Signal.Changed(sources);
  }

  /** Tells writers that we are awake; does nothing when they know. */
  void disarm() throws SQLException {
    if (armed) {
      armed = false;
      ask(WakeChannel.disarmQuery());
    }
  }

  private boolean ask(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      // The server ends the session anyway.
    }
  }
}
