package dev.pgtrickle.cli.stress.comparison;

import dev.pgtrickle.cli.stress.crew.Crew;
import dev.pgtrickle.cli.stress.crew.StopSignal;
import dev.pgtrickle.cli.stress.process.Application;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the history while it grows, since old rows of it go. */
public final class HistoryMonitor implements Crew.Work {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** A row may commit later than one with a greater id; so far back it is looked for. */
  private static final long OVERLAP = 1000;

  private final Application application;
  private final RefreshCounts counts = new RefreshCounts();
  private final TreeSet<Long> seen = new TreeSet<>();
  private long lastRefresh = System.nanoTime();
  private Duration longestPause = Duration.ZERO;

  public HistoryMonitor(Application application) {
    this.application = application;
  }

  @Override
  public void run(StopSignal stop) throws SQLException {
    begin();
    do {
      long begin = System.nanoTime();
      try (Connection connection = application.connect()) {
        read(connection);
      } catch (SQLException failure) {
        if (!application.outages().explain(failure, begin)) {
          throw failure;
        }
      }
    } while (!stop.pause(INTERVAL));
  }

  private synchronized void begin() {
    lastRefresh = System.nanoTime();
  }

  /** Reads what is new. */
  public synchronized void read(Connection connection) throws SQLException {
    long from = seen.isEmpty() ? 0 : seen.last() - OVERLAP;
    seen.headSet(from).clear();
    for (List<@Nullable Object> row :
        new SqlSession(connection)
            .query(
                """
                SELECT h.id, st.relation_name, h.mode, h.result, h.reason,
                       concat_ws(' ', h.error_code, h.sql_state)
                FROM pgtrickle.history AS h
                JOIN pgtrickle.stream_table AS st ON st.id = h.stream_table_id
                WHERE h.id > ?
                ORDER BY h.id\
                """,
                from)) {
      if (seen.add((Long) row.get(0))) {
        longestPause = longer(longestPause, Duration.ofNanos(System.nanoTime() - lastRefresh));
        lastRefresh = System.nanoTime();
        counts.add(text(row, 1), text(row, 2), text(row, 3), text(row, 4), text(row, 5));
      }
    }
  }

  private static String text(List<@Nullable Object> row, int column) {
    return String.valueOf(row.get(column));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** How long no table was refreshed, as seen from here. */
  public synchronized Duration longestPause() {
    return longer(longestPause, Duration.ofNanos(System.nanoTime() - lastRefresh));
  }

  /** What was read so far. */
  public RefreshCounts counts() {
    return counts;
  }
}
