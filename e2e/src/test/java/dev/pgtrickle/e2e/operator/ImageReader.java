package dev.pgtrickle.e2e.operator;

import dev.pgtrickle.testbed.cnpg.StandInCluster;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads a relation again and again as a whole, while it is changed. What it may see are the images
 * that it is given, in their order and never back; an error, an empty relation and half of one are
 * none of them.
 */
final class ImageReader implements AutoCloseable {
  /** What a reader does around each reading. */
  enum Habit {
    /** Each reading has a snapshot of its own. */
    POLLING,
    /** The snapshot is older than the reading, and the transaction has not touched the relation. */
    REPEATABLE_READ
  }

  private static final long OLD_SNAPSHOT_MILLIS = 150;

  private final StandInCluster cluster;
  private final String relation;
  private final List<String> images;
  private final Habit habit;
  private final List<String> findings = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("reader").unstarted(this::read);
  private volatile boolean stopping;
  private volatile int newest;
  private final AtomicLong readings = new AtomicLong();

  ImageReader(StandInCluster cluster, String relation, List<String> images, Habit habit) {
    this.cluster = cluster;
    this.relation = relation;
    this.images = List.copyOf(images);
    this.habit = habit;
  }

  ImageReader start() {
    thread.start();
    return this;
  }

  /** One text for all rows of a query or a relation, whatever their order. */
  static String image(String rows) {
    return "SELECT string_agg(r::text, ' ' ORDER BY r::text) FROM %s AS r".formatted(rows);
  }

  /** Which of the images it saw last. */
  int newest() {
    return newest;
  }

  private void read() {
    while (!stopping) {
      try (Connection connection = cluster.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(habit == Habit.POLLING);
        connection.setTransactionIsolation(
            habit == Habit.POLLING
                ? Connection.TRANSACTION_READ_COMMITTED
                : Connection.TRANSACTION_REPEATABLE_READ);
        while (!stopping) {
          look(connection, statement);
        }
      } catch (SQLException error) {
        note("an error: " + error.getMessage());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void look(Connection connection, Statement statement)
      throws SQLException, InterruptedException {
    if (habit == Habit.REPEATABLE_READ) {
      statement.execute("SELECT 1");
      Thread.sleep(OLD_SNAPSHOT_MILLIS);
    }
    try (ResultSet row = statement.executeQuery(image(relation))) {
      row.next();
      int seen = images.indexOf(row.getString(1));
      if (seen < 0) {
        note("an image of no definition: " + row.getString(1));
      } else if (seen < newest) {
        note("an older answer again: " + seen + " after " + newest);
      } else {
        newest = seen;
      }
      readings.incrementAndGet();
    }
    if (habit == Habit.REPEATABLE_READ) {
      connection.commit();
    }
  }

  private synchronized void note(String finding) {
    findings.add(finding);
  }

  /** What it should not have seen. */
  synchronized List<String> findings() {
    return List.copyOf(findings);
  }

  long readings() {
    return readings.get();
  }

  /** After it nothing is read any more. */
  void stop() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
