package dev.pgtrickle.cli.stress.migration;

import dev.pgtrickle.testbed.postgres.SqlSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** How long the longest transaction of a refresh was, with the waits for its own locks. */
final class LongestRefresh {
  private LongestRefresh() {}

  static Duration read(Connection connection) throws SQLException {
    return Duration.ofMillis(
        new SqlSession(connection)
            .queryLong(
                """
                SELECT ceil(extract(epoch FROM max(finished_at - started_at)) * 1000)::bigint
                FROM pgtrickle.history\
                """));
  }
}
