package dev.pgtrickle.engine.relations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The aggregates of PostgreSQL from which a value can be taken away again: those with
 * pg_aggregate.aggminvtransfn. It has one for sums of numbers of fixed precision and none for
 * floating point, where taking away is not exact.
 */
public final class AggregateInverses {
  private static final String INVERTIBLE =
      """
      SELECT function.proname, function.prorettype::bigint AS result
      FROM pg_catalog.pg_aggregate AS aggregate
      JOIN pg_catalog.pg_proc AS function ON function.oid = aggregate.aggfnoid
      WHERE function.pronamespace = 'pg_catalog'::regnamespace
      GROUP BY function.proname, function.prorettype
      HAVING bool_and(aggregate.aggminvtransfn <> 0)
      """;

  private final Set<Signature> invertible;

  /** The arguments' types decide, but the result's type tells them apart well enough. */
  private record Signature(String name, long resultType) {}

  private AggregateInverses(Set<Signature> invertible) {
    this.invertible = Set.copyOf(invertible);
  }

  public static AggregateInverses read(Connection connection) throws SQLException {
    Set<Signature> found = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(INVERTIBLE)) {
      while (row.next()) {
        found.add(new Signature(row.getString("proname"), row.getLong("result")));
      }
    }
    return new AggregateInverses(found);
  }

  /** Whether all aggregates of PostgreSQL with this name and result have an inverse. */
  public boolean invertible(String name, ColumnType result) {
    return invertible.contains(new Signature(name, result.oid()));
  }
}
