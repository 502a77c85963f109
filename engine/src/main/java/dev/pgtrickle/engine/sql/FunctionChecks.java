package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.relations.FunctionFacts;
import dev.pgtrickle.engine.relations.FunctionReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds every function that a query calls, also behind operators and casts, and refuses those whose
 * result rests on more than their arguments (P15). What is declared IMMUTABLE is trusted.
 */
final class FunctionChecks {
  private static final String OPERATOR_FUNCTIONS =
      "SELECT oprcode::oid::bigint FROM pg_catalog.pg_operator WHERE oid = ANY (?::bigint[]::oid[])";

  private static final String CAST_FUNCTIONS =
      """
      SELECT source.typoutput::oid::bigint
      FROM pg_catalog.pg_type AS source WHERE source.oid = ANY (?::bigint[]::oid[])
      UNION
      SELECT target.typinput::oid::bigint
      FROM pg_catalog.pg_type AS target WHERE target.oid = ANY (?::bigint[]::oid[])
      """;

  private final Connection connection;
  private final Refusals refusals;

  FunctionChecks(Connection connection, Refusals refusals) {
    this.connection = connection;
    this.refusals = refusals;
  }

  /** The functions of the query, all of them immutable, none of them returning a set. */
  List<FunctionFacts> check(TreeNode query) throws SQLException {
    Set<Long> functions = new LinkedHashSet<>();
    Set<Long> operators = new LinkedHashSet<>();
    Set<Long> castSources = new LinkedHashSet<>();
    Set<Long> castTargets = new LinkedHashSet<>();
    query.walk(node -> {
      switch (node.tag()) {
        case "FUNCEXPR" -> functions.add(node.number("funcid"));
        case "AGGREF" -> functions.add(node.number("aggfnoid"));
        case "OPEXPR", "DISTINCTEXPR", "NULLIFEXPR", "SCALARARRAYOPEXPR" ->
            operators.add(node.number("opno"));
        case "ROWCOMPARE", "ROWCOMPAREEXPR" -> operators.addAll(node.numbers("opnos"));
        case "COERCEVIAIO" -> {
          castSources.add(ExpressionType.of(node.nodes("arg").getFirst()));
          castTargets.add(node.number("resulttype"));
        }
        default -> {
          // Calls nothing itself.
        }
      }
    });
    functions.addAll(oids(OPERATOR_FUNCTIONS, operators));
    functions.addAll(oids(CAST_FUNCTIONS, castSources, castTargets));
    List<FunctionFacts> facts = new FunctionReader(connection).read(functions);
    facts.forEach(this::check);
    return facts;
  }

  private void check(FunctionFacts function) {
    String name = function.builtIn() ? function.name().name().name() : function.name().toString();
    switch (function.volatility()) {
      case VOLATILE -> throw refusals.volatileFunction(name);
      case STABLE ->
          throw refusals.unsupported(
              "function "
                  + name
                  + " is not immutable: its result may rest on settings, on the"
                  + " clock or on other tables",
              "use an immutable form (for timestamptz: AT TIME ZONE 'UTC'), or store the value in"
                  + " a column",
              function.name().name().name());
      case IMMUTABLE -> {
        // Trusted, and watched by the fingerprint.
      }
    }
    if (function.kind() == FunctionFacts.Kind.AGGREGATE) {
      checkAggregate(function, name);
    }
  }

  private void checkAggregate(FunctionFacts function, String name) {
    boolean supported = function.builtIn() && (name.equals("count") || name.equals("sum"));
    if (!supported) {
      throw refusals.unsupported(
          "aggregate " + name + " is not maintained incrementally",
          "use count(*), count(x) or sum(x)",
          function.name().name().name());
    }
  }

  @SafeVarargs
  private Set<Long> oids(String sql, Set<Long>... parameters) throws SQLException {
    Set<Long> oids = new LinkedHashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < parameters.length; index++) {
        statement.setArray(
            index + 1, connection.createArrayOf("bigint", parameters[index].toArray()));
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          oids.add(row.getLong(1));
        }
      }
    }
    return oids;
  }
}
