package dev.pgtrickle.engine.runtime;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** What readers find: a row in the registry says so, and the relation is there. */
final class PopulatedRelations {
  private PopulatedRelations() {}

  static Set<QualifiedName> read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT st.relation_schema, st.relation_name
                FROM pgtrickle.stream_table AS st
                JOIN pgtrickle.storage_version AS v ON v.stream_table_id = st.id
                JOIN pg_namespace AS n ON n.nspname = st.relation_schema
                JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = st.relation_name
                WHERE v.populated\
                """)) {
      Set<QualifiedName> relations = new HashSet<>();
      while (row.next()) {
        relations.add(QualifiedName.of(row.getString(1), row.getString(2)));
      }
      return relations;
    }
  }
}
