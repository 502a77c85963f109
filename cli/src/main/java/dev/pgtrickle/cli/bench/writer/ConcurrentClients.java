package dev.pgtrickle.cli.bench.writer;

import dev.pgtrickle.cli.bench.BenchServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Eight clients that insert single rows at once, each statement a durable transaction. */
final class ConcurrentClients {
  static final int CLIENTS = 8;

  private final BenchServer server;
  private final WriterTable table;

  ConcurrentClients(BenchServer server, WriterTable table) {
    this.server = server;
    this.table = table;
  }

  /** From the common start to the end of the last client. */
  long wallNanos(int rowsOfEach) throws SQLException, InterruptedException {
    CountDownLatch ready = new CountDownLatch(CLIENTS);
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int first = client * rowsOfEach;
        clients.add(
            executor.submit(() -> {
              insert(first, rowsOfEach, ready, start);
              return null;
            }));
      }
      ready.await();
      long before = System.nanoTime();
      start.countDown();
      for (Future<?> client : clients) {
        client.get();
      }
      return System.nanoTime() - before;
    } catch (ExecutionException failure) {
      throw new SQLException("a client failed", failure.getCause());
    }
  }

  private void insert(int first, int rows, CountDownLatch ready, CountDownLatch start)
      throws SQLException, InterruptedException {
    try (Connection connection = server.connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO "
                    + table.name().quoted()
                    + " VALUES (?, 1, 1, 'open', 'note', 1, now(), now())")) {
      ready.countDown();
      start.await();
      for (int row = 0; row < rows; row++) {
        statement.setInt(1, first + row);
        statement.executeUpdate();
      }
    } finally {
      ready.countDown();
    }
  }
}
