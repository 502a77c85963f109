package dev.pgtrickle.engine.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

  /** The analysed queries of views that are there. */
  static List<TreeNode> trees(Connection connection, Collection<Long> oids) throws SQLException {
    List<TreeNode> trees = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT rule.ev_action::text FROM pg_catalog.pg_rewrite AS rule
            WHERE rule.ev_class = ANY (?::bigint[]::oid[]) AND rule.ev_type = '1'
            """)) {
      statement.setArray(1, connection.createArrayOf("bigint", oids.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          trees.add(TreeReader.read(row.getString(1)));
        }
      }
    }
    return trees;
  }

  /** Those of the views that keep functions from seeing rows which they hide. */
  static List<String> securityBarriers(Connection connection, Collection<Long> oids)
      throws SQLException {
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT view.relname
            FROM pg_catalog.pg_class AS view
            CROSS JOIN LATERAL pg_catalog.pg_options_to_table(view.reloptions) AS option
            WHERE view.oid = ANY (?::bigint[]::oid[])
              AND option.option_name = 'security_barrier' AND option.option_value::boolean
            ORDER BY view.relname
            """)) {
      statement.setArray(1, connection.createArrayOf("bigint", oids.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
    }
    return names;
  }

  /** The names of the view's columns whose type, or element type, is the row type of a relation. */
  static Set<String> rowTypedColumns(Connection connection) throws SQLException {
    Set<String> names = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT attribute.attname
                FROM pg_catalog.pg_attribute AS attribute
                JOIN pg_catalog.pg_type AS type ON type.oid = attribute.atttypid
                JOIN pg_catalog.pg_type AS element
                  ON element.oid = CASE WHEN type.typelem <> 0 THEN type.typelem ELSE type.oid END
                JOIN pg_catalog.pg_class AS relation ON relation.oid = element.typrelid
                WHERE attribute.attrelid = '%s'::pg_catalog.regclass AND attribute.attnum > 0
                  AND relation.relkind <> 'c'
                """
                    .formatted(QueryView.NAME))) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  /** The oids of all relations that the view depends on, also through other views. */
  static Set<Long> relationsUsed(Connection connection) throws SQLException {
    Set<Long> oids = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                WITH RECURSIVE used (oid) AS (
                  SELECT '%s'::pg_catalog.regclass::oid
                  UNION
                  SELECT dependency.refobjid
                  FROM used
                  JOIN pg_catalog.pg_rewrite AS rule ON rule.ev_class = used.oid
                  JOIN pg_catalog.pg_depend AS dependency ON dependency.objid = rule.oid
                  WHERE dependency.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                    AND dependency.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                )
                SELECT oid::bigint FROM used
                """
                    .formatted(QueryView.NAME))) {
      while (row.next()) {
        oids.add(row.getLong(1));
      }
    }
    return oids;
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
                  AND dependency.refobjid = %d AND dependency.refobjsubid >= 0
                """
                    .formatted(QueryView.NAME, relationOid))) {
      while (row.next()) {
        numbers.add(row.getInt(1));
      }
    }
    return numbers;
  }
}
