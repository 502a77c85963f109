package dev.pgtrickle.cli.stress.reader;

import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import dev.pgtrickle.cli.stress.process.Application;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Keeps one snapshot for a while and has to see the same rows in it all the time. */
public final class SteadyReader implements Crew.Work {
  private static final String NAME = "reader with an old snapshot";
  private static final Duration BREATH = Duration.ofMillis(100);

  private final Application application;
  private final List<WatchedTable> tables;
  private final ReaderFindings findings;
  private final Duration longestSnapshot;
  private final Random random;

  public SteadyReader(
      Application application,
      List<WatchedTable> tables,
      ReaderFindings findings,
      Duration longestSnapshot,
      Random random) {
    this.application = application;
    this.tables = tables;
    this.findings = findings;
    this.longestSnapshot = longestSnapshot;
    this.random = random;
  }

  @Override
  public void run(StopSignal stop) {
    while (!stop.isGiven()) {
      long begin = System.nanoTime();
      try (Connection connection = application.connect()) {
        Duration life = Duration.ofMillis(500 + random.nextInt((int) longestSnapshot.toMillis()));
        hold(connection, begin + life.toNanos(), stop);
      } catch (SQLException failure) {
        findings.failed(NAME, failure, begin);
        stop.pause(BREATH);
      }
    }
  }

  private void hold(Connection connection, long end, StopSignal stop) throws SQLException {
    SqlSession session = new SqlSession(connection);
    session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
    Map<String, String> first = new HashMap<>();
    do {
      for (WatchedTable table : tables) {
        new TableReading(table, findings).look(connection, NAME);
        compare(first, table, String.valueOf(session.queryText(image(table))));
      }
    } while (!stop.pause(BREATH) && System.nanoTime() - end < 0);
    session.execute("COMMIT");
  }

  private void compare(Map<String, String> first, WatchedTable table, String image) {
    String before = first.putIfAbsent(table.name(), image);
    if (before != null && !before.equals(image)) {
      findings.wrong(NAME + ": " + table.name() + " changed within a snapshot");
    }
  }

  private static String image(WatchedTable table) {
    return """
    SELECT md5(string_agg(md5(record_send(t)), '' ORDER BY md5(record_send(t))))
    FROM %s AS t\
    """
        .formatted(table.relation());
  }
}
