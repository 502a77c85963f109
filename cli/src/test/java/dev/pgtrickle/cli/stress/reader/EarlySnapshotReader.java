package dev.pgtrickle.cli.stress.reader;

import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import dev.pgtrickle.cli.stress.process.Application;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Has a snapshot from before the stream tables existed. It may be told that there is nothing yet,
 * or see all rows, but never an empty table.
 */
public final class EarlySnapshotReader implements Crew.Work {
  private static final String NAME = "reader with a snapshot from before";
  private static final Duration BREATH = Duration.ofMillis(50);

  private final Connection connection;
  private final List<WatchedTable> tables;
  private final ReaderFindings findings;
  private final long begin = System.nanoTime();

  /** Takes the snapshot now; {@link #run} gives it up. */
  public EarlySnapshotReader(
      Application application, List<WatchedTable> tables, ReaderFindings findings)
      throws SQLException {
    this.connection = application.connect();
    this.tables = tables;
    this.findings = findings;
    new SqlSession(connection)
        .execute("BEGIN ISOLATION LEVEL REPEATABLE READ", "SELECT count(*) FROM public.account");
  }

  @Override
  public void run(StopSignal stop) {
    try (connection) {
      do {
        for (WatchedTable table : tables) {
          look(table);
        }
      } while (!stop.pause(BREATH));
    } catch (SQLException failure) {
      findings.failed(NAME, failure, begin);
    }
  }

  private void look(WatchedTable table) throws SQLException {
    SqlSession session = new SqlSession(connection);
    session.execute("SAVEPOINT look");
    try {
      new TableReading(table, findings).look(connection, NAME);
      session.execute("RELEASE look");
    } catch (SQLException failure) {
      if (!TableReading.isNotYet(failure)) {
        throw failure;
      }
      session.execute("ROLLBACK TO look");
    }
  }
}
