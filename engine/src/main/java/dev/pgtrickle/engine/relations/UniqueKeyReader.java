package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.Identifier;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the unique indexes that prove rows to be different. */
public final class UniqueKeyReader {
  private static final String KEYS =
      """
      SELECT relation.relname, array_agg(part.attnum::int ORDER BY part.place) AS columns
      FROM pg_catalog.pg_index AS index_
      JOIN pg_catalog.pg_class AS relation ON relation.oid = index_.indexrelid
      CROSS JOIN LATERAL unnest(
        index_.indkey::int2[], index_.indcollation::oid[], index_.indclass::oid[])
        WITH ORDINALITY AS part (attnum, collation_, class, place)
      LEFT JOIN pg_catalog.pg_opclass AS class ON class.oid = part.class
      LEFT JOIN pg_catalog.pg_attribute AS attribute
        ON attribute.attrelid = index_.indrelid AND attribute.attnum = part.attnum
      WHERE index_.indrelid = ?::bigint::oid AND index_.indisunique AND index_.indisvalid
        AND index_.indimmediate AND index_.indpred IS NULL AND index_.indexprs IS NULL
        AND part.place <= index_.indnkeyatts
      GROUP BY relation.relname, index_.indisprimary
      HAVING bool_and(class.opcdefault AND part.collation_ = attribute.attcollation)
      ORDER BY index_.indisprimary DESC, count(*), relation.relname
      """;

  private final Connection connection;

  public UniqueKeyReader(Connection connection) {
    this.connection = connection;
  }

  /** The keys, the primary one first, then those with fewer columns. */
  public List<UniqueKey> read(long relationOid) throws SQLException {
    List<UniqueKey> keys = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
      statement.setLong(1, relationOid);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          keys.add(new UniqueKey(Identifier.of(row.getString("relname")), numbers(row)));
        }
      }
    }
    return List.copyOf(keys);
  }

  private static Set<Integer> numbers(ResultSet row) throws SQLException {
    Array array = row.getArray("columns");
    Set<Integer> numbers = new LinkedHashSet<>();
    for (Object number : (Object[]) array.getArray()) {
      numbers.add((Integer) number);
    }
    return numbers;
  }
}
