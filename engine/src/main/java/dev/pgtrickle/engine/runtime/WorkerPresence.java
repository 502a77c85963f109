package dev.pgtrickle.engine.runtime;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether somebody keeps the tables of a database current at this moment. */
public enum WorkerPresence {
  ALIVE,
  ABSENT;

  /** A worker's sessions are recorded; one of them that still exists is a living worker. */
  static WorkerPresence read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT EXISTS (
                  SELECT FROM pgtrickle.owner_session
                  JOIN pg_stat_activity USING (pid, backend_start)
                  JOIN pgtrickle.ownership USING (epoch)) AS alive\
                """)) {
      row.next();
      return row.getBoolean("alive") ? ALIVE : ABSENT;
    }
  }
}
