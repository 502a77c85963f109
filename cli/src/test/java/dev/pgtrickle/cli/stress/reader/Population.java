package dev.pgtrickle.cli.stress.reader;

import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.cli.stress.process.Application;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits until every table can be read. */
public record Population(Application application, List<WatchedTable> tables) {
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Waits; what the look at each step throws ends the wait. */
  public void await(Runnable look, Duration patience) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    List<WatchedTable> missing = new ArrayList<>(tables);
    try (Connection connection = application.connect()) {
      while (true) {
        for (WatchedTable table : List.copyOf(missing)) {
          if (TableReading.isPopulated(connection, table)) {
            missing.remove(table);
          }
        }
        if (missing.isEmpty()) {
          return;
        }
        look.run();
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError(
              "not populated after %s: %s"
                  .formatted(patience, missing.stream().map(WatchedTable::name).toList()));
        }
        Thread.sleep(LOOK);
      }
    }
  }
}
