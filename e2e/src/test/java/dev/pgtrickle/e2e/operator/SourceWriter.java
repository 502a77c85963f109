package dev.pgtrickle.e2e.operator;

import dev.pgtrickle.testbed.cnpg.StandInCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An application that goes on writing into some of many sources. */
final class SourceWriter implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final StandInCluster cluster;
  private final int sources;
  private final Random random = new Random(42);
  private final AtomicLong written = new AtomicLong();
  private final Thread thread = Thread.ofVirtual().name("source-writer").unstarted(this::write);
  private volatile boolean stopping;
  private volatile @Nullable SQLException failure;

  SourceWriter(StandInCluster cluster, int sources) {
    this.cluster = cluster;
    this.sources = sources;
  }

  SourceWriter start() {
    thread.start();
    return this;
  }

  /** Rows written so far. */
  long written() {
    return written.get();
  }

  private void write() {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      for (int id = 1_000_000; !stopping; id++) {
        int source = random.nextInt(sources);
        written.addAndGet(
            statement.executeUpdate(
                "INSERT INTO source_%d VALUES (%d, %d, %d)"
                    .formatted(source, id, random.nextInt(1_000), random.nextInt(100))));
        written.addAndGet(
            statement.executeUpdate(
                "UPDATE source_%d SET amount = amount + 1 WHERE id = %d"
                    .formatted(random.nextInt(sources), 1 + random.nextInt(1_000))));
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (SQLException lost) {
      failure = lost;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** After it nothing is written any more. */
  void stop() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    SQLException lost = failure;
    if (lost != null) {
      throw new AssertionError(lost);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
