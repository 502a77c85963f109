package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * P19, identity: one row that knows which transaction wrote it, into which table of which database.
 * Freezing and rewriting keep the transaction's number in the row, promotion and recovery keep all
 * three, and so does an upgrade in place; a dump that was restored, or a database made of another
 * one, has another of them.
 */
public class Lineage {
  private static final String OWN =
      """
      SELECT EXISTS (
        SELECT FROM pgtrickle.lineage AS known
        WHERE known.xmin = known.stamp::xid
          AND known.database_oid
              = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
          AND known.own_oid = known.tableoid)\
      """;

  /** Whether the registry was written in this database. Overridden by a planted bug in a test. */
  public boolean isOwn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OWN)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /**
   * Refuses a session that was led to a copy: a database that was renamed away while its copy got
   * its name has the same owner and epoch.
   */
  public final void requireOwn(Connection connection) throws SQLException {
    if (!isOwn(connection)) {
      throw TrickleException.of(
          ErrorCode.FENCED_OUT,
          "a copy has taken the place of the database that this worker owns",
          "the worker that is started next gives up what the copy brought along, and goes on");
    }
  }

  /** From the commit on the registry is this database's own. */
  final void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM pgtrickle.lineage");
      statement.execute(
          """
          INSERT INTO pgtrickle.lineage (stamp, database_oid, own_oid)
          SELECT pg_current_xact_id(), d.oid, 'pgtrickle.lineage'::regclass
          FROM pg_database AS d WHERE d.datname = current_database()\
          """);
    }
  }
}
