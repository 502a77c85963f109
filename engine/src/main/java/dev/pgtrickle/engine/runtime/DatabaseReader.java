package dev.pgtrickle.engine.runtime;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads which database this is; every role may. */
final class DatabaseReader {
  private DatabaseReader() {}

  static DatabaseReport read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT system.system_identifier::text AS system_id, checkpoint.timeline_id,
                       current_setting('server_version_num')::integer / 10000 AS major
                FROM pg_control_system() AS system, pg_control_checkpoint() AS checkpoint\
                """)) {
      row.next();
      return new DatabaseReport(
          row.getString("system_id"), row.getLong("timeline_id"), row.getInt("major"));
    }
  }
}
