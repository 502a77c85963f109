package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the columns of a relation, in order, without dropped ones and system columns. */
public final class ColumnReader {
  private static final String COLUMNS =
      """
      SELECT attribute.attnum, attribute.attname, attribute.atttypid::bigint AS type_oid,
        attribute.atttypmod, attribute.attgenerated::text AS generated,
        -- Of a constraint that is NOT VALID (18+) the rows before it may be NULL all the same.
        attribute.attnotnull AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_constraint AS declared
          WHERE declared.conrelid = attribute.attrelid AND declared.contype = 'n'
            AND NOT declared.convalidated AND attribute.attnum = ANY (declared.conkey)
        ) AS not_null,
        pg_catalog.format_type(attribute.atttypid, attribute.atttypmod) AS type_text,
        collation_.oid::bigint AS collation_oid, collation_.collname, collation_.collisdeterministic,
        namespace.nspname
      FROM pg_catalog.pg_attribute AS attribute
      LEFT JOIN pg_catalog.pg_collation AS collation_ ON collation_.oid = attribute.attcollation
      LEFT JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = collation_.collnamespace
      WHERE attribute.attrelid = ?::bigint::oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
      ORDER BY attribute.attnum
      """;

  private final Connection connection;
  private final TypeReader types;

  public ColumnReader(Connection connection, TypeReader types) {
    this.connection = connection;
    this.types = types;
  }

  /**
   * Reads the columns. The session's search_path must be pg_catalog, or the texts of the types may
   * lack their schemas.
   */
  public List<ColumnFacts> read(long relationOid) throws SQLException {
    List<RawColumn> raw = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setLong(1, relationOid);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          raw.add(raw(row));
        }
      }
    }
    types.fetch(raw.stream().map(RawColumn::typeOid).toList());
    List<ColumnFacts> columns = new ArrayList<>();
    for (RawColumn column : raw) {
      columns.add(
          new ColumnFacts(
              column.number(),
              column.name(),
              new ColumnType(
                  column.modifier(),
                  column.typeText(),
                  column.collation(),
                  types.read(column.typeOid())),
              column.nullability(),
              column.generation()));
    }
    return List.copyOf(columns);
  }

  /** A column whose type is only a number yet. */
  private record RawColumn(
      int number,
      Identifier name,
      long typeOid,
      int modifier,
      String typeText,
      Optional<CollationFacts> collation,
      Nullability nullability,
      Generation generation) {}

  private static RawColumn raw(ResultSet row) throws SQLException {
    return new RawColumn(
        row.getInt("attnum"),
        Identifier.of(row.getString("attname")),
        row.getLong("type_oid"),
        row.getInt("atttypmod"),
        row.getString("type_text"),
        collation(row),
        row.getBoolean("not_null") ? Nullability.NOT_NULL : Nullability.NULLABLE,
        Generation.ofLetter(row.getString("generated")));
  }

  private static Optional<CollationFacts> collation(ResultSet row) throws SQLException {
    long oid = row.getLong("collation_oid");
    if (row.wasNull()) {
      return Optional.empty();
    }
    return Optional.of(
        new CollationFacts(
            oid,
            QualifiedName.of(row.getString("nspname"), row.getString("collname")),
            row.getBoolean("collisdeterministic")
                ? CollationFacts.Determinism.DETERMINISTIC
                : CollationFacts.Determinism.NONDETERMINISTIC));
  }
}
