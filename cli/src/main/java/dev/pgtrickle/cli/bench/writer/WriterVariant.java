package dev.pgtrickle.cli.bench.writer;

import dev.pgtrickle.cli.bench.BenchServer;
import dev.pgtrickle.cli.bench.Measure;
import dev.pgtrickle.cli.bench.Variant;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One round of writing to a table: in bulk, row by row, by several clients. */
final class WriterVariant implements Variant {
  private static final double NANOS_IN_MILLI = 1e6;
  private static final double NANOS_IN_MICRO = 1e3;

  private final String name;
  private final WriterTable table;
  private final BenchServer server;
  private final WriterLoad load;
  private final Settlement between;

  /** What is done after a statement, outside the measurement. */
  @FunctionalInterface
  interface Settlement {
    void settle() throws SQLException;
  }

  WriterVariant(
      String name, WriterTable table, BenchServer server, WriterLoad load, Settlement between) {
    this.name = name;
    this.table = table;
    this.server = server;
    this.load = load;
    this.between = between;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<Measure, Double> measure(int round) throws SQLException, InterruptedException {
    Map<Measure, Double> measured = new LinkedHashMap<>();
    try (Connection connection = server.connect()) {
      Stopwatch stopwatch = Stopwatch.of(connection, server.whereabouts());
      bulk(connection, stopwatch, measured);
      singles(connection, stopwatch, measured);
      between.settle();
      measured.put(WriterMeasures.CLIENTS, clients());
      new SqlSession(connection).execute(table.delete());
      between.settle();
      table.vacuum(connection);
    }
    return measured;
  }

  private void bulk(Connection connection, Stopwatch stopwatch, Map<Measure, Double> measured)
      throws SQLException {
    int rows = load.bulkRows();
    bulk(connection, stopwatch, measured, WriterMeasures.BULK_INSERT, table.insert(1, rows));
    bulk(connection, stopwatch, measured, WriterMeasures.BULK_UPDATE, table.updateReferenced());
    bulk(
        connection,
        stopwatch,
        measured,
        WriterMeasures.BULK_UPDATE_UNREFERENCED,
        table.updateUnreferenced());
    bulk(connection, stopwatch, measured, WriterMeasures.BULK_DELETE, table.delete());
  }

  private void bulk(
      Connection connection,
      Stopwatch stopwatch,
      Map<Measure, Double> measured,
      Measure measure,
      String sql)
      throws SQLException {
    SqlSession session = new SqlSession(connection);
    long nanos = stopwatch.nanos(() -> session.execute(sql));
    measured.put(stopwatch.measure(measure), nanos / NANOS_IN_MILLI);
    // Each statement finds what a maintained table finds: buffers that have been read.
    between.settle();
    table.vacuum(connection);
  }

  private void singles(Connection connection, Stopwatch stopwatch, Map<Measure, Double> measured)
      throws SQLException {
    String target = table.name().quoted();
    singles(
        connection,
        stopwatch,
        measured,
        WriterMeasures.SINGLE_INSERT,
        "INSERT INTO " + target + " VALUES (?, 1, 1, 'open', 'note', 1, now(), now())");
    singles(
        connection,
        stopwatch,
        measured,
        WriterMeasures.SINGLE_UPDATE,
        "UPDATE " + target + " SET amount = amount + 1 WHERE id = ?");
    singles(
        connection,
        stopwatch,
        measured,
        WriterMeasures.SINGLE_DELETE,
        "DELETE FROM " + target + " WHERE id = ?");
  }

  private void singles(
      Connection connection,
      Stopwatch stopwatch,
      Map<Measure, Double> measured,
      Measure measure,
      String sql)
      throws SQLException {
    // Waiting for the disk would take the time of the other statements' CPU caches.
    new SqlSession(connection).execute("SET synchronous_commit = off");
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      long nanos =
          stopwatch.nanos(() -> {
            for (int id = 1; id <= load.singleRows(); id++) {
              statement.setInt(1, id);
              statement.executeUpdate();
            }
          });
      measured.put(stopwatch.measure(measure), nanos / NANOS_IN_MICRO / load.singleRows());
    } finally {
      new SqlSession(connection).execute("RESET synchronous_commit");
    }
  }

  private double clients() throws SQLException, InterruptedException {
    return new ConcurrentClients(server, table).wallNanos(load.clientRows()) / NANOS_IN_MILLI;
  }
}
