package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * P20: a publication {@code FOR ALL TABLES} would publish our buffers and storage too: cleaning
 * them would fail, and a native subscriber would stop for ever at the first captured row.
 */
public class PublicationGuard {

  /** Refuses to capture anything while such a publication exists. */
  public void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT string_agg(pubname, ', ' ORDER BY pubname)
                FROM pg_publication WHERE puballtables
                """)) {
      row.next();
      String names = row.getString(1);
      if (names != null) {
        throw TrickleException.of(
            ErrorCode.PUBLICATION_FOR_ALL_TABLES,
            "a publication FOR ALL TABLES would publish pgtrickle's own tables: " + names,
            "list the tables of the publication by name, or by schema");
      }
    }
  }
}
