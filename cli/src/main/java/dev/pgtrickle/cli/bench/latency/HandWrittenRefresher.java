package dev.pgtrickle.cli.bench.latency;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * The best SQL that a person would write: two trips a refresh, both prepared, with every rule of
 * the protocol that the engine follows. Nothing of the engine is used.
 */
final class HandWrittenRefresher implements AutoCloseable {
  private static final int NAP_MILLIS = 100;
  private static final long EPOCH = 1;
  private static final int BUFFERS = 2;

  private final Connection connection;
  private final int windows;
  private final PreparedStatement firstTrip;
  private final PreparedStatement secondTrip;
  private final PreparedStatement arm;
  private final PreparedStatement disarm;
  private final PreparedStatement rollback;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicReference<@Nullable Exception> trouble = new AtomicReference<>();
  private final Thread thread;

  private HandWrittenRefresher(Connection connection, HandWrittenStages stages)
      throws SQLException {
    this.connection = connection;
    this.windows = stages.windows();
    new SqlSession(connection)
        .execute(
            "SET plan_cache_mode = force_generic_plan",
            "SET jit = off",
            "SET enable_seqscan = off",
            "LISTEN " + HandWrittenSchema.CHANNEL);
    this.firstTrip = connection.prepareStatement(firstTrip(stages.guards()));
    this.secondTrip = connection.prepareStatement(stages.secondTrip());
    this.arm = connection.prepareStatement(lock("pg_try_advisory_lock"));
    this.disarm = connection.prepareStatement(lock("pg_advisory_unlock"));
    this.rollback = connection.prepareStatement("ROLLBACK");
    this.thread = Thread.ofPlatform().name("hand-written").unstarted(this::work);
  }

  static HandWrittenRefresher start(BenchServer server, Pipeline pipeline) throws SQLException {
    HandWrittenRefresher refresher =
        new HandWrittenRefresher(
            server.connect(Map.of("prepareThreshold", "1", "stringtype", "unspecified")),
            new HandWrittenStages(pipeline));
    refresher.thread.start();
    return refresher;
  }

  private static String lock(String function) {
    return "SELECT %s(%d, 1)".formatted(function, HandWrittenSchema.LOCK_SPACE);
  }

  private static String firstTrip(String guards) {
    return """
    BEGIN ISOLATION LEVEL REPEATABLE READ;
    SET LOCAL lock_timeout = 500;
    LOCK TABLE trickle_bench_hand.fence IN ROW SHARE MODE;
    LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE;
    LOCK TABLE trickle_bench_hand.account, trickle_bench_hand.changes_a,
      trickle_bench_hand.changes_b IN ACCESS SHARE MODE;
    SELECT o.epoch, f.snapshot::text AS snapshot, pg_snapshot_xmin(f.snapshot)::text AS oldest,
           pg_snapshot_xmax(s.horizon) <= pg_snapshot_xmax(f.snapshot)
             AND NOT EXISTS (SELECT FROM pg_snapshot_xip(f.snapshot) AS x (xid)
                             WHERE pg_visible_in_snapshot(x.xid, s.horizon)) AS complete,
           (SELECT count(*) FROM trickle_bench_hand.changes_a AS c
            WHERE c.xid >= pg_snapshot_xmin(f.snapshot)
              AND NOT pg_visible_in_snapshot(c.xid, f.snapshot))
           + (SELECT count(*) FROM trickle_bench_hand.changes_b AS c
              WHERE c.xid >= pg_snapshot_xmin(f.snapshot)
                AND NOT pg_visible_in_snapshot(c.xid, f.snapshot)) AS changes,
           f.fingerprint,
           (SELECT bit_xor(h) FROM (
              SELECT hash_record_extended(ROW(t.oid, t.xmin::text, t.tgenabled), 0) AS h
              FROM pg_trigger AS t
              WHERE t.tgrelid = 'trickle_bench_hand.account'::regclass
              UNION ALL
              SELECT hash_record_extended(ROW(p.oid, p.xmin::text), 0)
              FROM pg_proc AS p WHERE p.pronamespace = 'trickle_bench_hand'::regnamespace
              UNION ALL
              SELECT hash_record_extended(
                       ROW(a.attnum, a.atttypid, a.atttypmod, a.attcollation, a.attnotnull), 0)
              FROM pg_attribute AS a
              WHERE a.attrelid = 'trickle_bench_hand.account'::regclass AND a.attnum > 0
              UNION ALL
              SELECT hash_record_extended(ROW(n.oid, n.xmin::text), 0)
              FROM pg_constraint AS n
              WHERE n.conrelid = 'trickle_bench_hand.account'::regclass
              UNION ALL
              SELECT hash_record_extended(ROW(c.relfilenode, c.relrowsecurity), 0)
              FROM pg_class AS c WHERE c.oid = 'trickle_bench_hand.account'::regclass
              UNION ALL
              SELECT hash_record_extended(ROW(b.oid), 0)
              FROM pg_publication AS b WHERE b.puballtables
            ) AS parts) AS present
    FROM trickle_bench_hand.ownership AS o, trickle_bench_hand.frontier AS f
    JOIN trickle_bench_hand.source AS s ON s.id = f.source_id
    WHERE f.version_id = 1\
    """
        .formatted(guards);
  }

  /** Arm, look once more, sleep, work: a commit is missed for no longer than the nap. */
  private void work() {
    try {
      while (!stopped.get()) {
        ask(arm);
        boolean found = refresh();
        if (!found) {
          PGNotification[] notifications =
              connection.unwrap(PGConnection.class).getNotifications(NAP_MILLIS);
          found = notifications != null && notifications.length > 0;
        }
        ask(disarm);
        if (found) {
          refresh();
        }
      }
    } catch (SQLException | IllegalStateException failure) {
      trouble.set(failure);
    }
  }

  /** Whether there was something to do. */
  private boolean refresh() throws SQLException {
    State state = open();
    if (state.epoch() != EPOCH || !state.complete() || !state.sameFingerprint()) {
      throw new IllegalStateException("somebody changed the benchmark's tables: " + state);
    }
    if (state.changes() == 0) {
      rollback.execute();
      return false;
    }
    int parameter = 1;
    secondTrip.setString(parameter++, Long.toString(state.fingerprint()));
    for (int bound = 0; bound < BUFFERS * windows; bound++) {
      secondTrip.setString(parameter++, state.oldest());
      secondTrip.setString(parameter++, state.snapshot());
    }
    boolean rows = secondTrip.execute();
    while (rows || secondTrip.getUpdateCount() != -1) {
      rows = secondTrip.getMoreResults();
    }
    return true;
  }

  /** What the first trip reads at its snapshot. */
  private record State(
      long epoch,
      String snapshot,
      String oldest,
      boolean complete,
      long changes,
      @Nullable Long stored,
      long fingerprint) {

    boolean sameFingerprint() {
      return stored == null || stored == fingerprint;
    }
  }

  private State open() throws SQLException {
    boolean rows = firstTrip.execute();
    while (!rows) {
      rows = firstTrip.getMoreResults();
    }
    try (ResultSet row = firstTrip.getResultSet()) {
      row.next();
      return new State(
          row.getLong("epoch"),
          row.getString("snapshot"),
          row.getString("oldest"),
          row.getBoolean("complete"),
          row.getLong("changes"),
          row.getObject("fingerprint", Long.class),
          row.getLong("present"));
    }
  }

  private static void ask(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
    }
  }

  /** Tells what made the loop end by itself, if something did. */
  void check() throws SQLException {
    Exception failure = trouble.get();
    if (failure != null) {
      throw new SQLException("the hand-written refresher failed: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() throws SQLException {
    stopped.set(true);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
