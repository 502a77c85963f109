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
import org.jspecify.annotations.Nullable;
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
  /** A writer that is just looking holds the lock for less. */
  private static final Duration SHORTEST_DOZE = Duration.ofMillis(5);

  private static final int LONGEST_DOZE_DOUBLED = 10;

  private final Connection connection;
  private boolean armed;
  private int refusals;

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

  /**
   * Tells writers that we sleep, unless somebody else holds the lock: for a moment a writer that is
   * just looking; for longer a session of ours that we lost and the server still keeps, or anybody.
   */
  void arm() throws SQLException {
    armed = armed || ask(WakeChannel.armQuery());
    refusals = armed ? 0 : Math.min(refusals + 1, LONGEST_DOZE_DOUBLED);
  }

  /**
   * Sleeps until somebody notifies, at most so long. When writers do not know of it, only a little,
   * and longer each time: whoever holds the lock in our place makes them notify all the same, or
   * the next look finds what they wrote.
   */
  Signal sleep(Duration atMost) throws SQLException {
    long doze = armed ? Long.MAX_VALUE : SHORTEST_DOZE.toMillis() << refusals;
    int millis = (int) Math.max(1, Math.min(Math.min(atMost.toMillis(), doze), Integer.MAX_VALUE));
    return signal(connection.unwrap(PGConnection.class).getNotifications(millis));
  }

  /** What was said to us while we were awake; does not wait. */
  Signal heard() throws SQLException {
    return signal(connection.unwrap(PGConnection.class).getNotifications());
  }

  private static Signal signal(PGNotification @Nullable [] notifications) {
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
