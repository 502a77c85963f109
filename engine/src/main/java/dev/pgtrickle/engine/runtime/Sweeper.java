package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.capture.ChangeCapture;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.FencedTransactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends what nobody needs any more: captures that no table reads, since a worker was killed between
 * two steps, wishes that it could not hear of, and orphans whose time is over.
 */
final class Sweeper {
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  private final FencedTransactions transactions;
  private final ChangeCapture capture;
  private final WorkBook works;
  private final EngineListener listener;
  private final Duration every;
  private volatile boolean running;
  private Instant last = Instant.EPOCH;

  Sweeper(
      FencedTransactions transactions,
      ChangeCapture capture,
      WorkBook works,
      EngineListener listener,
      Duration every) {
    this.transactions = transactions;
    this.capture = capture;
    this.works = works;
    this.listener = listener;
    this.every = every;
  }

  /** A capture that is just being installed looks unused: so not while tables are worked on. */
  boolean begin(Instant now) {
    if (running || last.plus(every).isAfter(now) || !works.isQuiet()) {
      return false;
    }
    last = now;
    running = true;
    return true;
  }

  /** Throws only FENCED_OUT. */
  void sweep() {
    try {
      for (long source : capture.unused()) {
        attempt(() -> capture.release(source));
      }
      attempt(() ->
          transactions.inTransaction(LOCK_TIMEOUT, Sweeper::forgotten).forEach(works::remind));
    } catch (TrickleException failure) {
      tell(failure);
    } finally {
      running = false;
    }
  }

  private void attempt(Runnable chore) {
    try {
      chore.run();
    } catch (TrickleException failure) {
      tell(failure);
    }
  }

  private void tell(TrickleException failure) {
    if (failure.code() == ErrorCode.FENCED_OUT) {
      throw failure;
    }
    boolean conflict =
        failure.code() == ErrorCode.LOCK_TIMEOUT
            || failure.code() == ErrorCode.SERIALIZATION_CONFLICT
            || failure.code() == ErrorCode.OBJECT_CHANGED;
    if (!conflict) {
      listener.on(new EngineEvent.Unreachable(failure));
    }
  }

  /** Wishes that nobody told us of, and orphans whose time is over. */
  private static List<Long> forgotten(Connection connection) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                """
                SELECT st.id
                FROM pgtrickle.stream_table AS st
                LEFT JOIN pgtrickle.storage_version AS v ON v.stream_table_id = st.id
                WHERE st.state IN ('creating', 'loading', 'releasing')
                   OR (st.state = 'active' AND v.revision < st.revision)
                   OR (st.state = 'orphaned'
                       AND st.released_at
                           + (SELECT s.value FROM pgtrickle.setting AS s
                              WHERE s.name = 'orphanKeepFor')::interval <= clock_timestamp())\
                """);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        ids.add(row.getLong(1));
      }
    }
    return ids;
  }
}
