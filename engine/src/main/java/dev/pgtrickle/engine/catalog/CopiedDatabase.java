package dev.pgtrickle.engine.catalog;

import dev.pgtrickle.engine.postgres.Fence;
import dev.pgtrickle.engine.postgres.FenceEpoch;
import dev.pgtrickle.engine.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * P19: of what a copy of a database has brought along only wishes and rows are believed. Numbers of
 * transactions, relations, columns and triggers may be those of other ones here, so frontiers,
 * horizons and pins are forgotten, and all captures are nobody's: each table is then taken up like
 * one that was left behind, with a capture of its own and by comparing all rows.
 *
 * <p>One transaction of registry rows, with the new lineage in it: whoever dies in here is followed
 * by one that does all of it. The old triggers, functions and buffers harm nobody any more; they go
 * when the tables have been taken up, like everything that no table reads.
 */
public final class CopiedDatabase {
  private static final List<String> DISOWN =
      List.of(
          "DELETE FROM pgtrickle.frontier",
          "UPDATE pgtrickle.source SET relation_oid = NULL, horizon = NULL",
          // Stamps of another server: views and guards are looked at anew.
          """
          UPDATE pgtrickle.storage_version
          SET copied = true, view_stamp = 'copy:' || view_stamp, guard_stamp = 'copy:' || guard_stamp\
          """);

  private final Lineage lineage;

  public CopiedDatabase(Lineage lineage) {
    this.lineage = lineage;
  }

  /** Does nothing in a database that is what it was. The connection is in autocommit mode. */
  public void disown(Connection connection, FenceEpoch epoch) {
    try {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        enter(statement, new Fence(epoch));
        if (!lineage.isOwn(connection)) {
          for (String sql : DISOWN) {
            statement.execute(sql);
          }
          lineage.begin(connection);
        }
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "asking whether the database is a copy");
    }
  }

  private static void enter(Statement statement, Fence fence) throws SQLException {
    statement.execute("SET LOCAL lock_timeout = 400");
    statement.execute(fence.lockStatement());
    try (ResultSet row = statement.executeQuery(fence.epochQuery())) {
      row.next();
      fence.check(row.getLong(1));
    }
  }
}
