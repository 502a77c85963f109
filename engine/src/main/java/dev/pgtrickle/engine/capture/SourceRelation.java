package dev.pgtrickle.engine.capture;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.source.Coverage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the catalog says now about a table that is to be captured.
 *
 * @param kind pg_class.relkind
 * @param persistence pg_class.relpersistence
 * @param below whether it is a partition, or inherits from another table
 * @param storage whether it has the rows of a stream table
 * @param readable whether the engine role may SELECT all of it
 * @param tree the table with all that are below it
 * @param columns the columns that are stored, by attribute number
 */
record SourceRelation(
    long oid,
    QualifiedName name,
    String kind,
    String persistence,
    boolean below,
    boolean storage,
    boolean readable,
    SourceTree tree,
    SortedMap<Integer, Column> columns) {

  /**
   * A stored column.
   *
   * @param type its type as SQL text, with a collation where it is not the type's own. A domain is
   *     replaced by its base type: its constraints would refuse marker rows, and old images would
   *     refuse an ALTER DOMAIN of the application
   * @param virtual whether its value is computed when it is read, so that triggers see NULL
   */
  record Column(Identifier name, String type, boolean virtual) {}

  /** The replica role can only be captured by the owner, and has to be wherever rows are. */
  Coverage coverage() {
    return tree.members().stream().allMatch(SourceTree.Member::owned)
        ? Coverage.COMPLETE
        : Coverage.ORIGIN_ONLY;
  }

  static Optional<SourceRelation> read(Connection connection, long oid) throws SQLException {
    String sql =
        """
        SELECT namespace.nspname, class.relname, class.relkind, class.relpersistence,
               EXISTS (SELECT FROM pg_inherits WHERE inhrelid = class.oid) AS below,
               EXISTS (SELECT FROM pgtrickle.storage_version AS version
                       WHERE namespace.nspname = 'pgtrickle_data'
                         AND version.storage_name = class.relname) AS storage,
               has_table_privilege(class.oid, 'SELECT') AS readable
        FROM pg_class AS class
        JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
        WHERE class.oid = ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, oid);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new SourceRelation(
                oid,
                QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                row.getString("relkind"),
                row.getString("relpersistence"),
                row.getBoolean("below"),
                row.getBoolean("storage"),
                row.getBoolean("readable"),
                SourceTree.read(connection, oid),
                columns(connection, oid)));
      }
    }
  }

  private static SortedMap<Integer, Column> columns(Connection connection, long oid)
      throws SQLException {
    String sql =
        """
        WITH RECURSIVE base (attnum, type, typmod) AS (
          SELECT attnum, atttypid, atttypmod
          FROM pg_attribute WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped
          UNION ALL
          SELECT base.attnum, domain.typbasetype, domain.typtypmod
          FROM base JOIN pg_type AS domain ON domain.oid = base.type AND domain.typtype = 'd'
        )
        SELECT attribute.attnum, attribute.attname, attribute.attgenerated,
               format_type(base.type, base.typmod)
               || CASE WHEN attribute.attcollation NOT IN (0, type.typcollation)
                       THEN ' COLLATE ' || quote_ident(namespace.nspname)
                            || '.' || quote_ident(used.collname)
                       ELSE '' END AS type
        FROM pg_attribute AS attribute
        JOIN base USING (attnum)
        JOIN pg_type AS type ON type.oid = base.type AND type.typtype <> 'd'
        LEFT JOIN pg_collation AS used ON used.oid = attribute.attcollation
        LEFT JOIN pg_namespace AS namespace ON namespace.oid = used.collnamespace
        WHERE attribute.attrelid = ?
        """;
    SortedMap<Integer, Column> columns = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, oid);
      statement.setLong(2, oid);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.put(
              row.getInt("attnum"),
              new Column(
                  Identifier.of(row.getString("attname")),
                  row.getString("type"),
                  row.getString("attgenerated").equals("v")));
        }
      }
    }
    return Collections.unmodifiableSortedMap(columns);
  }
}
