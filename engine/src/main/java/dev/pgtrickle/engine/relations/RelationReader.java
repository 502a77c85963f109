package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Reads relations from the catalog, in the transaction of the connection it is given. */
public final class RelationReader {
  private static final String BY_NAME =
      """
      SELECT relation.oid::bigint
      FROM pg_catalog.pg_class AS relation
      JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = relation.relnamespace
      WHERE namespace.nspname = ?::name AND relation.relname = ?::name
      """;

  private static final String BY_OID =
      """
      SELECT namespace.nspname, relation.relname, relation.relkind::text AS kind,
        relation.relpersistence::text AS persistence,
        pg_catalog.pg_get_userbyid(relation.relowner) AS owner,
        relation.relrowsecurity,
        CASE
          WHEN relation.relispartition THEN 'PARTITION'
          WHEN EXISTS (SELECT FROM pg_catalog.pg_inherits AS link WHERE link.inhrelid = relation.oid)
            THEN 'CHILD'
          WHEN relation.relkind IN ('r', 'f')
            AND EXISTS (SELECT FROM pg_catalog.pg_inherits AS link WHERE link.inhparent = relation.oid)
            THEN 'PARENT'
          ELSE 'NONE'
        END AS inheritance,
        ARRAY(
          SELECT DISTINCT index_.indkey[0]::int
          FROM pg_catalog.pg_index AS index_
          JOIN pg_catalog.pg_class AS access ON access.oid = index_.indexrelid
          JOIN pg_catalog.pg_am AS method ON method.oid = access.relam
          WHERE index_.indrelid = relation.oid AND index_.indisvalid AND index_.indpred IS NULL
            AND index_.indkey[0] <> 0 AND method.amname IN ('btree', 'hash')) AS indexed,
        ARRAY(
          SELECT DISTINCT index_.indkey[0]::int
          FROM pg_catalog.pg_index AS index_
          JOIN pg_catalog.pg_class AS access ON access.oid = index_.indexrelid
          JOIN pg_catalog.pg_am AS method ON method.oid = access.relam
          WHERE index_.indrelid = relation.oid AND index_.indisvalid AND index_.indpred IS NULL
            AND index_.indkey[0] <> 0 AND method.amname = 'btree') AS ordered
      FROM pg_catalog.pg_class AS relation
      JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = relation.relnamespace
      WHERE relation.oid = ?::bigint::oid
      """;

  private final Connection connection;
  private final ColumnReader columns;
  private final UniqueKeyReader uniqueKeys;

  public RelationReader(Connection connection) {
    this(connection, new TypeReader(connection));
  }

  /** Shares a reader of types with others of the same transaction. */
  public RelationReader(Connection connection, TypeReader types) {
    this.connection = connection;
    this.columns = new ColumnReader(connection, types);
    this.uniqueKeys = new UniqueKeyReader(connection);
  }

  public Optional<RelationFacts> read(QualifiedName name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_NAME)) {
      statement.setString(1, name.schema().name());
      statement.setString(2, name.name().name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? read(row.getLong(1)) : Optional.empty();
      }
    }
  }

  public Optional<RelationFacts> read(long oid) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_OID)) {
      statement.setLong(1, oid);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Inheritance inheritance = Inheritance.valueOf(row.getString("inheritance"));
        RelationFacts facts =
            new RelationFacts(
                oid,
                QualifiedName.of(row.getString("nspname"), row.getString("relname")),
                RelationKind.ofLetter(row.getString("kind")),
                Persistence.ofLetter(row.getString("persistence")),
                Identifier.of(row.getString("owner")),
                row.getBoolean("relrowsecurity") ? RowSecurity.ENABLED : RowSecurity.DISABLED,
                inheritance,
                columns.read(oid),
                uniqueKeys.read(oid),
                numbers(row, "indexed"),
                numbers(row, "ordered"));
        return Optional.of(inheritance == Inheritance.PARENT ? facts.ofAnyChild() : facts);
      }
    }
  }

  private static Set<Integer> numbers(ResultSet row, String column) throws SQLException {
    return Set.of((Integer[]) row.getArray(column).getArray());
  }
}
