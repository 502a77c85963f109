package dev.pgtrickle.cli.stress.migration;

import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import dev.pgtrickle.cli.stress.process.Application;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The application's migrations: each a transaction that alters two sources, now in one order, now
 * in the other, and waits for locks as long as a migration may.
 */
final class MigrationLoop implements Crew.Work {
  private static final Duration LONGEST_REST = Duration.ofMillis(150);
  private static final Duration BETWEEN_TABLES = Duration.ofMillis(60);

  /** Longer than any lock request of the product may wait. */
  private static final Duration SLOW_MIGRATION = Duration.ofMillis(800);

  private static final int SLOW_ONE_OF = 6;

  private final Application application;
  private final List<String> tables;
  private final Random random;
  private final Map<String, Long> failures = new TreeMap<>();
  private long committed;
  private Duration longest = Duration.ZERO;

  MigrationLoop(Application application, List<String> tables, Random random) {
    this.application = application;
    this.tables = tables;
    this.random = random;
  }

  @Override
  public void run(StopSignal stop) throws SQLException {
    try (Connection connection = application.connect()) {
      for (int number = 0; !stop.isGiven(); number++) {
        try {
          migrate(connection, number, stop);
          done();
        } catch (SQLException failure) {
          failed(failure);
          execute(connection, "ROLLBACK");
        }
        stop.pause(Duration.ofMillis(random.nextInt((int) LONGEST_REST.toMillis())));
      }
    }
  }

  private void migrate(Connection connection, int number, StopSignal stop) throws SQLException {
    String first = tables.get(random.nextInt(tables.size()));
    String second = tables.get(random.nextInt(tables.size()));
    execute(connection, "BEGIN");
    execute(connection, "SET LOCAL lock_timeout = '5s'");
    alter(connection, first, number);
    stop.pause(number % SLOW_ONE_OF == 0 ? SLOW_MIGRATION : BETWEEN_TABLES);
    alter(connection, second, number + 1);
    execute(connection, "COMMIT");
  }

  private void alter(Connection connection, String table, int number) throws SQLException {
    String change =
        switch (number % 6) {
          case 0 -> "ADD COLUMN IF NOT EXISTS extra integer";
          case 1 -> "DROP COLUMN IF EXISTS extra";
          case 2 -> "ALTER COLUMN scratch SET STATISTICS " + (10 + random.nextInt(90));
          case 3 -> "ALTER COLUMN scratch SET NOT NULL";
          case 4 -> "ALTER COLUMN scratch DROP NOT NULL";
          default -> "ADD COLUMN IF NOT EXISTS extra integer, DROP COLUMN IF EXISTS other";
        };
    long begin = System.nanoTime();
    execute(connection, "ALTER TABLE " + table + " " + change);
    took(Duration.ofNanos(System.nanoTime() - begin));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private synchronized void done() {
    committed++;
  }

  private synchronized void failed(SQLException failure) {
    failures.merge(String.valueOf(failure.getSQLState()), 1L, Long::sum);
  }

  private synchronized void took(Duration duration) {
    longest = duration.compareTo(longest) > 0 ? duration : longest;
  }

  /** Migrations that went through. */
  synchronized long committed() {
    return committed;
  }

  /** Those that did not, by SQLSTATE. */
  synchronized Map<String, Long> failures() {
    return new TreeMap<>(failures);
  }

  /** The longest ALTER TABLE, with its wait. */
  synchronized Duration longest() {
    return longest;
  }
}
