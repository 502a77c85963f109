package dev.pgtrickle.cli.stress.writer;

import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import dev.pgtrickle.cli.stress.process.Application;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** Lets one writer write until all stop; a lost connection is opened again. */
public final class WriterLoop implements Crew.Work {
  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_THOUGHT = Duration.ofMillis(40);

  /** Serialization failure, and lock_timeout of the writers that set one. */
  private static final Set<String> KNOWN = Set.of("40001", "55P03");

  private final Writer writer;
  private final int number;
  private final Application application;
  private final WriterStatistics statistics;
  private final Random random;

  public WriterLoop(
      Writer writer,
      int number,
      Application application,
      WriterStatistics statistics,
      Random random) {
    this.writer = writer;
    this.number = number;
    this.application = application;
    this.statistics = statistics;
    this.random = random;
  }

  @Override
  public void run(StopSignal stop) {
    while (!stop.isGiven()) {
      long begin = System.nanoTime();
      try (Connection connection = application.connect()) {
        WriterSession session = new WriterSession(connection, number, random, stop, statistics);
        writer.recover(session);
        serve(connection, session, stop);
      } catch (SQLException failure) {
        judge(failure, begin);
        stop.pause(RECONNECT_PAUSE);
      }
    }
  }

  private void serve(Connection connection, WriterSession session, StopSignal stop)
      throws SQLException {
    while (!stop.isGiven()) {
      try {
        writer.write(session);
        statistics.done(writer);
      } catch (SQLException failure) {
        // Whoever pauses longer than the server is down finds only then that he is cut off.
        judge(failure, session.lastAnswered());
        rollback(connection);
      }
      session.pause(LONGEST_THOUGHT);
    }
  }

  private void judge(SQLException failure, long begin) {
    if (KNOWN.contains(String.valueOf(failure.getSQLState()))
        || application.outages().explain(failure, begin)) {
      statistics.refused(failure);
    } else {
      statistics.surprised(writer, failure);
    }
  }

  private static void rollback(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    }
  }
}
