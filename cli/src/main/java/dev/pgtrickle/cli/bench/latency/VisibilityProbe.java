package dev.pgtrickle.cli.bench.latency;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when a reader sees a commit: it reads the changed group until the group shows it. Commits
 * come from one writer, so they become visible in their order, and looking for the oldest is
 * enough. The error is the time between two looks, a fifth of a millisecond, on every side alike.
 */
final class VisibilityProbe {
  private static final long PAUSE_NANOS = 100_000;
  private static final double NANOS_IN_MILLI = 1e6;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final PreparedStatement look;
  private final BlockingQueue<Expected> expected = new LinkedBlockingQueue<>();
  private final List<Double> millis = new ArrayList<>();

  /** A group's total as of a commit, and when that was. */
  record Expected(int branch, long total, long committedAt) {}

  /** Reads {@code balance} of {@code branch} from a relation. */
  VisibilityProbe(Connection connection, String relation) throws SQLException {
    this.look =
        connection.prepareStatement("SELECT balance FROM " + relation + " WHERE branch = ?");
  }

  void expect(Expected commit) {
    expected.add(commit);
  }

  /** Looks until all that was expected is there and no more is announced. */
  List<Double> watch(WriterState writer) throws SQLException, InterruptedException {
    while (writer.isWriting() || !expected.isEmpty()) {
      Expected next = expected.poll(10, TimeUnit.MILLISECONDS);
      if (next != null) {
        awaitVisible(next);
        millis.add((System.nanoTime() - next.committedAt()) / NANOS_IN_MILLI);
      }
    }
    return millis;
  }

  private void awaitVisible(Expected commit) throws SQLException {
    while (total(commit.branch()) < commit.total()) {
      if (System.nanoTime() - commit.committedAt() > LONGEST_WAIT.toNanos()) {
        throw TrickleException.of(
            ErrorCode.TIMEOUT,
            "a commit was not visible after " + LONGEST_WAIT.toSeconds() + " s",
            "look at the lines above for why refreshes fail");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private long total(int branch) throws SQLException {
    look.setInt(1, branch);
    try (ResultSet row = look.executeQuery()) {
      return row.next() ? row.getLong(1) : Long.MIN_VALUE;
    }
  }

  /** Whether commits may still come. */
  @FunctionalInterface
  interface WriterState {
    boolean isWriting();
  }
}
