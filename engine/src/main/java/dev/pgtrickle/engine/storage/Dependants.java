package dev.pgtrickle.engine.storage;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Objects of others that rest on a relation of ours; nothing of theirs is ever dropped. */
public final class Dependants {

  /** By name, as a person would look for them; empty also where the relation is gone. */
  public List<String> of(Connection connection, QualifiedName relation) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT DISTINCT
                   coalesce(CASE kind.relkind WHEN 'm' THEN 'materialized view ' ELSE 'view ' END
                            || format('%I.%I', home.nspname, kind.relname),
                            pg_describe_object(other.classid, other.objid, other.objsubid)) AS name
            FROM pg_class AS ours
            JOIN pg_namespace AS n ON n.oid = ours.relnamespace
            JOIN pg_depend AS other
              ON other.refclassid = 'pg_class'::regclass AND other.refobjid = ours.oid
              OR other.refclassid = 'pg_type'::regclass AND other.refobjid = ours.reltype
            LEFT JOIN pg_rewrite AS rule
              ON other.classid = 'pg_rewrite'::regclass AND rule.oid = other.objid
            LEFT JOIN pg_class AS kind ON kind.oid = rule.ev_class
            LEFT JOIN pg_namespace AS home ON home.oid = kind.relnamespace
            WHERE n.nspname = ? AND ours.relname = ? AND other.deptype = 'n'
              AND rule.ev_class IS DISTINCT FROM ours.oid
            ORDER BY name\
            """)) {
      return names(statement, relation);
    }
  }

  /** Stream tables that read its rows, which PostgreSQL knows nothing of. */
  public List<String> streamTables(Connection connection, QualifiedName relation)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT DISTINCT
                   'stream table ' || format('%I.%I', reader.relation_schema, reader.relation_name)
                     AS name
            FROM pgtrickle.stream_table AS ours
            JOIN pgtrickle.storage_version AS version ON version.stream_table_id = ours.id
            JOIN pg_class AS storage ON storage.relname = version.storage_name
            JOIN pg_namespace AS home
              ON home.oid = storage.relnamespace AND home.nspname = 'pgtrickle_data'
            JOIN pgtrickle.source ON source.relation_oid = storage.oid
            JOIN pgtrickle.frontier ON frontier.source_id = source.id
            JOIN pgtrickle.storage_version AS reading ON reading.id = frontier.version_id
            JOIN pgtrickle.stream_table AS reader ON reader.id = reading.stream_table_id
            WHERE ours.relation_schema = ? AND ours.relation_name = ?
            ORDER BY name\
            """)) {
      return names(statement, relation);
    }
  }

  /** Both. */
  public List<String> all(Connection connection, QualifiedName relation) throws SQLException {
    List<String> names = new ArrayList<>(of(connection, relation));
    names.addAll(streamTables(connection, relation));
    return List.copyOf(names);
  }

  private static List<String> names(PreparedStatement statement, QualifiedName relation)
      throws SQLException {
    statement.setString(1, relation.schema().name());
    statement.setString(2, relation.name().name());
    List<String> names = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        names.add(row.getString("name"));
      }
    }
    return List.copyOf(names);
  }
}
