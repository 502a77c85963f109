package dev.pgtrickle.engine.sql;

import dev.pgtrickle.engine.relations.FunctionFacts;
import dev.pgtrickle.engine.relations.FunctionReader;
import dev.pgtrickle.engine.relations.TypeReader;
import dev.pgtrickle.engine.sql.stability.Stability;
import dev.pgtrickle.engine.sql.stability.StabilityReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks up what was found in trees: functions behind operators, casts and aggregates too (P15). */
final class CallReader {
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

  /** An aggregate is declared by itself, and does what its functions do. */
  private static final String AGGREGATE_FUNCTIONS =
      """
      SELECT part.oid::bigint
      FROM pg_catalog.pg_aggregate AS aggregate
      CROSS JOIN LATERAL (VALUES (aggregate.aggtransfn::oid), (aggregate.aggfinalfn::oid),
        (aggregate.aggmtransfn::oid), (aggregate.aggminvtransfn::oid), (aggregate.aggmfinalfn::oid),
        (aggregate.aggcombinefn::oid)) AS part (oid)
      WHERE aggregate.aggfnoid = ANY (?::bigint[]::oid[]) AND part.oid <> 0\
      """;

  private final Connection connection;
  private final TypeReader types;

  CallReader(Connection connection, TypeReader types) {
    this.connection = connection;
    this.types = types;
  }

  QueryCalls read(TreeCalls calls) throws SQLException {
    Set<Long> functions = new LinkedHashSet<>(calls.functions());
    functions.addAll(oids(OPERATOR_FUNCTIONS, calls.operators()));
    functions.addAll(oids(CAST_FUNCTIONS, calls.castSources(), calls.castTargets()));
    FunctionReader reader = new FunctionReader(connection);
    List<FunctionFacts> facts = reader.read(functions);
    Set<Long> ownAggregates = new LinkedHashSet<>();
    facts.stream()
        .filter(fact -> fact.kind() == FunctionFacts.Kind.AGGREGATE && !fact.builtIn())
        .forEach(fact -> ownAggregates.add(fact.oid()));
    if (!ownAggregates.isEmpty()) {
      functions.addAll(oids(AGGREGATE_FUNCTIONS, ownAggregates));
      facts = reader.read(functions);
    }
    StabilityReader stabilities = new StabilityReader(connection);
    List<UsedFunction> used =
        facts.stream().map(fact -> new UsedFunction(fact, stabilities.of(fact))).toList();
    return new QueryCalls(used, words(calls), definitions(calls.domains()));
  }

  private static List<QueryCalls.Word> words(TreeCalls calls) {
    List<QueryCalls.Word> words = new ArrayList<>();
    calls.clockWords().forEach(word -> words.add(new QueryCalls.Word(word, Stability.CLOCK)));
    calls.pinnedNodes().forEach(tag -> words.add(node(tag, Stability.PINNED)));
    calls.unknownNodes().forEach(tag -> words.add(node(tag, Stability.OTHER_STABLE)));
    return List.copyOf(words);
  }

  private static QueryCalls.Word node(String tag, Stability stability) {
    return new QueryCalls.Word("PostgreSQL's node " + tag, stability);
  }

  private Set<Long> definitions(Set<Long> domains) throws SQLException {
    Set<Long> found = new TreeSet<>();
    for (long domain : domains) {
      found.addAll(types.read(domain).definitions());
    }
    return found;
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
