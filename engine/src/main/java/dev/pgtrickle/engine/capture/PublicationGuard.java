package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.definition.AllTablesPublication;
import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * P20: a publication {@code FOR ALL TABLES}, or of the tables of our schemas, would publish our
 * buffers and storage too: cleaning them would fail, and a native subscriber would stop for ever at
 * the first captured row.
 */
public class PublicationGuard {
  /**
   * Publications of schemas are known since PostgreSQL 15; pg_depend is asked for them, where the
   * older ones know of none, by the catalog that they stand in: few rows of an index.
   */
  static final String OF_OUR_SCHEMAS =
      """
      published.classid = to_regclass('pg_catalog.pg_publication_namespace')
      AND published.refclassid = 'pg_catalog.pg_namespace'::regclass
      AND published.refobjid IN (to_regnamespace('pgtrickle'), to_regnamespace('pgtrickle_data'))\
      """;

  private static final String NAMES =
      """
      SELECT string_agg(found.pubname, ', ' ORDER BY found.pubname)
      FROM (
        SELECT pubname FROM pg_publication WHERE puballtables
        UNION
        SELECT publication.pubname
        FROM pg_depend AS published
        JOIN pg_depend AS owner
          ON owner.classid = published.classid AND owner.objid = published.objid
         AND owner.refclassid = 'pg_catalog.pg_publication'::regclass
        JOIN pg_publication AS publication ON publication.oid = owner.refobjid
        WHERE %s
      ) AS found\
      """
          .formatted(OF_OUR_SCHEMAS);

  /** The publications of that kind, by name. Overridden by a planted bug in a test. */
  public Optional<String> present(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NAMES)) {
      row.next();
      return Optional.ofNullable(row.getString(1));
    }
  }

  /** Refuses to capture anything while there is one that is not accepted. */
  public final void check(Connection connection, AllTablesPublication wish) throws SQLException {
    Optional<String> names =
        wish == AllTablesPublication.ACCEPTED ? Optional.empty() : present(connection);
    if (names.isPresent()) {
      throw TrickleException.of(
          ErrorCode.PUBLICATION_FOR_ALL_TABLES,
          "a publication of all tables would publish pgtrickle's own tables: " + names.get(),
          "list the tables of the publication by name, or by other schemas, or set"
              + " capture.allowAllTablesPublication when its subscribers ignore tables that they"
              + " do not know");
    }
  }
}
