package dev.pgtrickle.engine.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * How long a lock request of ours may wait (P5): never so long that the deadlock detector would
 * find the application's migration and make it the victim. We always give way first.
 */
public final class LockTimeouts {
  private static final Duration UPPER_BOUND = Duration.ofMillis(500);

  private final Duration bound;

  public LockTimeouts(Duration deadlockTimeout) {
    Duration half = deadlockTimeout.dividedBy(2);
    Duration least = half.compareTo(UPPER_BOUND) < 0 ? half : UPPER_BOUND;
    this.bound = least.toMillis() < 1 ? Duration.ofMillis(1) : least;
  }

  /** Reads deadlock_timeout of the server; we may not set it. */
  public static LockTimeouts read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT setting::bigint FROM pg_settings WHERE name = 'deadlock_timeout'")) {
      row.next();
      return new LockTimeouts(Duration.ofMillis(row.getLong(1)));
    }
  }

  /** The wish, but never above the bound. */
  public Duration effective(Duration wish) {
    return wish.compareTo(bound) < 0 ? wish : bound;
  }

  public Duration bound() {
    return bound;
  }
}
