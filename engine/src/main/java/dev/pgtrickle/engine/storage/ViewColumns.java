package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The columns of a view beside those that it shall have. */
public final class ViewColumns {

  /**
   * Whether CREATE OR REPLACE VIEW can put it right: it has the first of the wanted columns, in
   * their order, as the storage has them, and no others.
   */
  public boolean fit(
      Connection connection, QualifiedName relation, VersionRecord version, List<String> wanted)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT NOT EXISTS (
              SELECT FROM pg_attribute AS present
              WHERE present.attrelid = ?::regclass AND present.attnum > 0
                AND NOT EXISTS (
                  SELECT FROM pg_attribute AS stored
                  WHERE stored.attrelid = ?::regclass AND NOT stored.attisdropped
                    AND stored.attname = (?::text[])[present.attnum]
                    AND stored.attname = present.attname
                    AND stored.atttypid = present.atttypid
                    AND stored.atttypmod = present.atttypmod
                    AND stored.attcollation = present.attcollation))\
            """)) {
      statement.setString(1, relation.quoted());
      statement.setString(2, version.storage().quoted());
      statement.setArray(3, connection.createArrayOf("text", wanted.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
