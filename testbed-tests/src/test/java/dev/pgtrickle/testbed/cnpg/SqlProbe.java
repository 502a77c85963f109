package dev.pgtrickle.testbed.cnpg;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes a row again and again, each time by a new connection, and remembers when that succeeded.
 */
final class SqlProbe implements AutoCloseable {
  private final StandInCluster cluster;
  private final List<Instant> successes = Collections.synchronizedList(new ArrayList<>());
  private final Thread thread = Thread.ofVirtual().name("probe").unstarted(this::run);
  private volatile boolean ended;

  SqlProbe(StandInCluster cluster) throws SQLException {
    this.cluster = cluster;
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists probe (at timestamptz default now())");
    }
    thread.start();
  }

  /** Successes strictly between two moments. */
  long between(Instant from, Instant to) {
    synchronized (successes) {
      return successes.stream().filter(at -> at.isAfter(from) && at.isBefore(to)).count();
    }
  }

  private void run() {
    while (!ended) {
      try (Connection connection = cluster.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("insert into probe default values");
        successes.add(Instant.now());
      } catch (SQLException e) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
