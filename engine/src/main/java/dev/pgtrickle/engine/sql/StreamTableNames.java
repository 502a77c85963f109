package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Finds the stream tables of a database by what they are: views over the engine's storage. */
final class StreamTableNames {
  private static final String QUERY =
      """
      SELECT DISTINCT namespace.nspname, view.relname, storage.relname AS storage
      FROM pg_catalog.pg_class AS storage
      JOIN pg_catalog.pg_namespace AS data ON data.oid = storage.relnamespace
      JOIN pg_catalog.pg_depend AS dependency
        ON dependency.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
       AND dependency.refobjid = storage.oid
       AND dependency.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
      JOIN pg_catalog.pg_rewrite AS rule ON rule.oid = dependency.objid
      JOIN pg_catalog.pg_class AS view ON view.oid = rule.ev_class
      JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = view.relnamespace
      WHERE data.nspname = 'pgtrickle_data'
      """;

  private StreamTableNames() {}

  /** By name, where their rows are. */
  static Map<QualifiedName, QualifiedName> read(Connection connection) throws SQLException {
    Map<QualifiedName, QualifiedName> names = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUERY)) {
      while (row.next()) {
        names.put(
            QualifiedName.of(row.getString("nspname"), row.getString("relname")),
            QualifiedName.of("pgtrickle_data", row.getString("storage")));
      }
    }
    return names;
  }
}
