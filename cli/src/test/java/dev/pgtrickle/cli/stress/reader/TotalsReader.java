package dev.pgtrickle.cli.stress.reader;

import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import dev.pgtrickle.cli.stress.process.Application;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Looks at every table again and again, each time in a snapshot of its own. */
public final class TotalsReader implements Crew.Work {
  private static final Duration BREATH = Duration.ofMillis(2);
  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(200);

  private final Application application;
  private final List<WatchedTable> tables;
  private final ReaderFindings findings;

  public TotalsReader(Application application, List<WatchedTable> tables, ReaderFindings findings) {
    this.application = application;
    this.tables = tables;
    this.findings = findings;
  }

  @Override
  public void run(StopSignal stop) {
    while (!stop.isGiven()) {
      long begin = System.nanoTime();
      try (Connection connection = application.connect()) {
        while (!stop.isGiven()) {
          begin = System.nanoTime();
          look(connection, stop);
        }
      } catch (SQLException failure) {
        findings.failed("reader of totals", failure, begin);
        stop.pause(RECONNECT_PAUSE);
      }
    }
  }

  private void look(Connection connection, StopSignal stop) throws SQLException {
    for (WatchedTable table : tables) {
      new TableReading(table, findings).look(connection, "reader of totals");
      if (stop.pause(BREATH)) {
        return;
      }
    }
  }
}
