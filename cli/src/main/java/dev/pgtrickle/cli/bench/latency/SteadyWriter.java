package dev.pgtrickle.cli.bench.latency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** An application that changes one random row a commit, at a steady pace. */
final class SteadyWriter {
  private final PreparedStatement change;
  private final Accounts accounts;
  private final long[] totals;
  private final Random random;

  SteadyWriter(Connection connection, String table, Accounts accounts, long seed)
      throws SQLException {
    this.change =
        connection.prepareStatement("UPDATE " + table + " SET balance = balance + 1 WHERE id = ?");
    this.accounts = accounts;
    this.totals = new long[accounts.branches()];
    this.random = new Random(seed);
  }

  /** Writes for so long; a commit that is late does not move those after it. */
  void write(Duration duration, Duration pause, Consumer<VisibilityProbe.Expected> committed)
      throws SQLException {
    long start = System.nanoTime();
    long next = start;
    while (next - start < duration.toNanos()) {
      sleepUntil(next);
      int id = random.nextInt(accounts.rows());
      change.setInt(1, id);
      change.executeUpdate();
      long committedAt = System.nanoTime();
      int branch = id % accounts.branches();
      totals[branch]++;
      committed.accept(new VisibilityProbe.Expected(branch, totals[branch], committedAt));
      next += pause.toNanos();
    }
  }

  private static void sleepUntil(long instant) {
    for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
