package dev.pgtrickle.engine.sql.resolve;

import dev.pgtrickle.engine.error.ErrorCode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.postgres.SqlErrors;
import dev.pgtrickle.engine.relations.RelationFacts;
import dev.pgtrickle.engine.relations.RelationKind;
import dev.pgtrickle.engine.relations.RelationReader;
import dev.pgtrickle.engine.relations.TypeReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names as one transaction sees them. The session reads canonically: search_path = pg_catalog,
 * every identifier quoted.
 */
public final class PostgresNames implements NameCatalog {
  private static final String PG_CATALOG = "pg_catalog";

  private static final String FUNCTIONS =
      """
      SELECT function.prokind = 'a' AS aggregate, function.proretset, function.pronargs,
        function.pronargdefaults, function.provariadic <> 0 AS variadic
      FROM pg_catalog.pg_proc AS function
      JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = function.pronamespace
      WHERE namespace.nspname = ?::name AND function.proname = ?::name AND function.prokind <> 'w'
      """;

  private final Connection connection;
  private final RelationReader relations;
  private final Map<QualifiedName, QualifiedName> streamTables;
  private final Map<QualifiedName, Optional<SourceRelation>> knownRelations = new HashMap<>();
  private final Map<QualifiedName, List<Overload>> knownFunctions = new HashMap<>();

  private record Overload(
      boolean aggregate, boolean setReturning, int arguments, int defaults, boolean variadic) {

    boolean takes(int given) {
      return given >= arguments - defaults - (variadic ? 1 : 0) && (variadic || given <= arguments);
    }
  }

  /**
   * @param streamTables the views that are stream tables of this engine, and where their rows are
   */
  public PostgresNames(Connection connection, Map<QualifiedName, QualifiedName> streamTables) {
    this(connection, new TypeReader(connection), streamTables);
  }

  /**
   * @param types shared with others of the same transaction
   */
  public PostgresNames(
      Connection connection, TypeReader types, Map<QualifiedName, QualifiedName> streamTables) {
    this.connection = connection;
    this.relations = new RelationReader(connection, types);
    this.streamTables = Map.copyOf(streamTables);
  }

  @Override
  public Optional<SourceRelation> relation(List<Identifier> path) {
    QualifiedName name = qualified(path);
    Optional<SourceRelation> known = knownRelations.get(name);
    if (known == null) {
      known = readRelation(name);
      knownRelations.put(name, known);
    }
    return known;
  }

  @Override
  public FunctionTraits function(List<Identifier> path, int arguments) {
    List<Overload> fitting =
        knownFunctions.computeIfAbsent(qualified(path), this::readFunctions).stream()
            .filter(overload -> overload.takes(arguments))
            .toList();
    long aggregates = fitting.stream().filter(Overload::aggregate).count();
    if (aggregates > 0 && aggregates < fitting.size()) {
      throw TrickleException.of(
          ErrorCode.UNSUPPORTED,
          "%s is the name of an aggregate and of a function with as many arguments"
              .formatted(qualified(path)),
          "call a function with a name of its own");
    }
    return new FunctionTraits(aggregates > 0, fitting.stream().anyMatch(Overload::setReturning));
  }

  private static QualifiedName qualified(List<Identifier> path) {
    return path.size() == 1
        ? new QualifiedName(Identifier.of(PG_CATALOG), path.getFirst())
        : new QualifiedName(path.get(path.size() - 2), path.getLast());
  }

  private Optional<SourceRelation> readRelation(QualifiedName name) {
    try {
      Optional<RelationFacts> facts = relations.read(name);
      if (facts.isEmpty()) {
        return Optional.empty();
      }
      QualifiedName storage = streamTables.get(name);
      if (storage != null) {
        return relations
            .read(storage)
            .map(stored -> new SourceRelation.StreamTable(facts.get(), stored));
      }
      return Optional.of(
          facts.get().kind() == RelationKind.VIEW
              ? new SourceRelation.View(facts.get(), viewText(facts.get().oid()))
              : new SourceRelation.Table(facts.get()));
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "reading the sources of a query");
    }
  }

  private String viewText(long oid) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_catalog.pg_get_viewdef(?::bigint::oid)")) {
      statement.setLong(1, oid);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private List<Overload> readFunctions(QualifiedName name) {
    List<Overload> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(FUNCTIONS)) {
      statement.setString(1, name.schema().name());
      statement.setString(2, name.name().name());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(
              new Overload(
                  row.getBoolean("aggregate"),
                  row.getBoolean("proretset"),
                  row.getInt("pronargs"),
                  row.getInt("pronargdefaults"),
                  row.getBoolean("variadic")));
        }
      }
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "reading the functions of a query");
    }
    return List.copyOf(found);
  }
}
