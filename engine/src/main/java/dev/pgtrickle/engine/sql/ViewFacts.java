package dev.pgtrickle.engine.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;

/**
 * What PostgreSQL knows of the view of the user's query.
 *
 * @param tree the analysed query
 * @param options of the view, which a query has none of
 */
record ViewFacts(String canonicalText, TreeNode tree, Options options) {

  /** Whether CREATE VIEW found more in the text than a query. */
  enum Options {
    NONE,
    SOME
  }

  static ViewFacts read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT pg_catalog.pg_get_viewdef(view.oid) AS canonical, rule.ev_action::text AS tree,
                  view.reloptions IS NOT NULL AS options
                FROM pg_catalog.pg_class AS view
                JOIN pg_catalog.pg_rewrite AS rule ON rule.ev_class = view.oid
                WHERE view.oid = '%s'::pg_catalog.regclass
                """
                    .formatted(QueryView.NAME))) {
      row.next();
      String canonical = row.getString("canonical").strip();
      return new ViewFacts(
          canonical.endsWith(";") ? canonical.substring(0, canonical.length() - 1) : canonical,
          TreeReader.read(row.getString("tree")),
          row.getBoolean("options") ? Options.SOME : Options.NONE);
    }
  }

  /** The attribute numbers of a relation that the view reads, by PostgreSQL's own account. */
  static Set<Integer> columnsUsed(Connection connection, long relationOid) throws SQLException {
    Set<Integer> numbers = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT DISTINCT dependency.refobjsubid
                FROM pg_catalog.pg_depend AS dependency
                JOIN pg_catalog.pg_rewrite AS rule ON rule.oid = dependency.objid
                WHERE dependency.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                  AND rule.ev_class = '%s'::pg_catalog.regclass
                  AND dependency.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                  AND dependency.refobjid = %d AND dependency.refobjsubid > 0
                """
                    .formatted(QueryView.NAME, relationOid))) {
      while (row.next()) {
        numbers.add(row.getInt(1));
      }
    }
    return numbers;
  }
}
