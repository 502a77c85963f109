package dev.pgtrickle.engine.relations;

import dev.pgtrickle.engine.postgres.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads functions from the catalog. */
public final class FunctionReader {
  private static final String FUNCTIONS =
      """
      SELECT function.oid::bigint, namespace.nspname, function.proname,
        function.prokind::text AS kind, function.provolatile::text AS volatility, function.proretset
      FROM pg_catalog.pg_proc AS function
      JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = function.pronamespace
      WHERE function.oid = ANY (?::bigint[]::oid[])
      ORDER BY function.oid
      """;

  private final Connection connection;

  public FunctionReader(Connection connection) {
    this.connection = connection;
  }

  public List<FunctionFacts> read(Collection<Long> oids) throws SQLException {
    List<FunctionFacts> functions = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(FUNCTIONS)) {
      statement.setArray(1, connection.createArrayOf("bigint", oids.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          functions.add(
              new FunctionFacts(
                  row.getLong("oid"),
                  QualifiedName.of(row.getString("nspname"), row.getString("proname")),
                  kind(row.getString("kind")),
                  volatility(row.getString("volatility")),
                  row.getBoolean("proretset")
                      ? FunctionFacts.Result.A_SET
                      : FunctionFacts.Result.ONE_VALUE));
        }
      }
    }
    return List.copyOf(functions);
  }

  private static FunctionFacts.Kind kind(String letter) {
    return switch (letter) {
      case "a" -> FunctionFacts.Kind.AGGREGATE;
      case "w" -> FunctionFacts.Kind.WINDOW;
      case "p" -> FunctionFacts.Kind.PROCEDURE;
      default -> FunctionFacts.Kind.FUNCTION;
    };
  }

  private static FunctionFacts.Volatility volatility(String letter) {
    return switch (letter) {
      case "i" -> FunctionFacts.Volatility.IMMUTABLE;
      case "s" -> FunctionFacts.Volatility.STABLE;
      default -> FunctionFacts.Volatility.VOLATILE;
    };
  }
}
