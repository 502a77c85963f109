package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.catalog.StreamTableRecord;
import dev.pgtrickle.engine.catalog.StreamTableRegistry;
import dev.pgtrickle.engine.catalog.VersionRecord;
import dev.pgtrickle.engine.definition.StreamTableDefinition;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.plan.QueryBounds;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.sql.AnalysisSession;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import dev.pgtrickle.engine.sql.QueryAnalyzer;
import dev.pgtrickle.engine.sql.QueryText;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stream tables to choose from: those whose rows are there, and those that are declared. */
final class StreamTableShelf {
  private static final String REGISTRY =
      """
      SELECT to_regclass('pgtrickle.stream_table') IS NOT NULL AS present,
             coalesce(has_table_privilege(to_regclass('pgtrickle.stream_table'), 'SELECT')
                      AND has_table_privilege(to_regclass('pgtrickle.storage_version'), 'SELECT'),
                      false) AS readable\
      """;

  /** The class of errors that a registry of another version makes. */
  private static final String SYNTAX_OR_ACCESS = "42";

  private final List<StreamTableDefinition> declared;
  private @Nullable Contents known;

  /**
   * What there is.
   *
   * @param remark what keeps us from knowing more
   */
  record Contents(List<KnownStreamTable> tables, Optional<String> remark) {}

  StreamTableShelf(List<StreamTableDefinition> declared) {
    this.declared = List.copyOf(declared);
  }

  Contents read(Connection connection) throws SQLException {
    Contents contents = known;
    if (contents == null) {
      contents = contents(connection);
      known = contents;
    }
    return contents;
  }

  private Contents contents(Connection connection) throws SQLException {
    Map<QualifiedName, StreamTableDefinition> definitions = new TreeMap<>();
    Optional<String> remark = register(connection, definitions);
    declared.forEach(definition -> definitions.put(definition.relation(), definition));
    List<KnownStreamTable> tables = new ArrayList<>();
    QueryAnalyzer analyzer = new QueryAnalyzer(new QueryBounds().read(connection));
    for (StreamTableDefinition definition : definitions.values()) {
      understood(analyzer, definition, connection).ifPresent(tables::add);
    }
    return new Contents(List.copyOf(tables), remark);
  }

  /** What stands in the database, or why that is not known. */
  private static Optional<String> register(
      Connection connection, Map<QualifiedName, StreamTableDefinition> definitions)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(REGISTRY)) {
      row.next();
      if (!row.getBoolean("present")) {
        return Optional.empty();
      }
      if (!row.getBoolean("readable")) {
        return Optional.of(
            "the stream tables of this database were not compared: this role may not read their"
                + " definitions");
      }
      for (StreamTableRecord table : new StreamTableRegistry().all(connection)) {
        if (answersItsDefinition(table)) {
          definitions.put(table.definition().relation(), table.definition());
        }
      }
      return Optional.empty();
    } catch (SQLException failure) {
      if (failure.getSQLState() == null || !failure.getSQLState().startsWith(SYNTAX_OR_ACCESS)) {
        throw failure;
      }
      return Optional.of(
          "the stream tables of this database were not compared: another version of pgtrickle keeps"
              + " them");
    }
  }

  /** Not one that is being made or changed, that waits for a person, or that nobody refreshes. */
  private static boolean answersItsDefinition(StreamTableRecord table) {
    return table.state() == StreamTableRecord.State.ACTIVE
        && table.definition().activity() == StreamTableDefinition.Activity.ACTIVE
        && table
            .version()
            .filter(version -> version.population() == VersionRecord.Population.POPULATED)
            .isPresent()
        && table
            .contents()
            .filter(contents -> contents.definitionHash().equals(table.definitionHash()))
            .isPresent();
  }

  /** One that is refused here has its own preview, or its own status, to say so. */
  private static Optional<KnownStreamTable> understood(
      QueryAnalyzer analyzer, StreamTableDefinition definition, Connection connection) {
    try {
      AnalyzedQuery query =
          analyzer.analyze(
              new QueryText(definition.query()),
              new AnalysisSession(connection, definition.relation().schema(), definition.owner()),
              definition.demand());
      return SteadyQuery.is(query)
          ? Optional.of(
              new KnownStreamTable(
                  definition.relation(), DeepStack.call(() -> SteadyQuery.plan(query))))
          : Optional.empty();
    } catch (TrickleException refused) {
      return Optional.empty();
    }
  }
}
