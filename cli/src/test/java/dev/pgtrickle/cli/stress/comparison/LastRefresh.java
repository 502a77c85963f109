package dev.pgtrickle.cli.stress.comparison;

import dev.pgtrickle.cli.stress.bank.WatchedTable;
import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the running worker, by SQL, to refresh every table once more, and waits for it. */
public record LastRefresh(List<WatchedTable> tables, Duration patience) {
  private static final int ATTEMPTS = 3;
  private static final long LOOK_MILLIS = 20;

  /** What could not be refreshed, and why; nothing as a rule. */
  public List<String> perform(Connection connection) throws SQLException, InterruptedException {
    SqlSession session = new SqlSession(connection);
    Map<WatchedTable, Long> requests = new LinkedHashMap<>();
    for (WatchedTable table : tables) {
      requests.put(table, request(session, table));
    }
    List<String> failures = new ArrayList<>();
    for (Map.Entry<WatchedTable, Long> request : requests.entrySet()) {
      String state = await(session, request.getValue());
      for (int attempt = 2; !state.isEmpty() && attempt <= ATTEMPTS; attempt++) {
        state = await(session, request(session, request.getKey()));
      }
      if (!state.isEmpty()) {
        failures.add(request.getKey().name() + ": " + state);
      }
    }
    return failures;
  }

  private static long request(SqlSession session, WatchedTable table) throws SQLException {
    return session.queryLong("SELECT pgtrickle.refresh_stream_table('public', ?)", table.name());
  }

  /** Nothing, or what went wrong. */
  private String await(SqlSession session, long request) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    String state = "";
    while (System.nanoTime() - deadline < 0) {
      state =
          String.valueOf(
              session.queryText(
                  """
                  SELECT concat_ws(' ', state, error_code, message)
                  FROM pgtrickle.request WHERE id = ?\
                  """,
                  request));
      if (state.startsWith("Succeeded")) {
        return "";
      }
      if (state.startsWith("Failed")) {
        return state;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return state + " after " + patience;
  }
}
