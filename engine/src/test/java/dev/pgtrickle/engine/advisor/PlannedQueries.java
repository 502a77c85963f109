package dev.pgtrickle.engine.advisor;

import dev.pgtrickle.engine.algebra.Operator;
import dev.pgtrickle.engine.algebra.QueryUnparser;
import dev.pgtrickle.engine.definition.RefreshMode;
import dev.pgtrickle.engine.error.TrickleException;
import dev.pgtrickle.engine.postgres.ConnectionTarget;
import dev.pgtrickle.engine.postgres.DatabasePool;
import dev.pgtrickle.engine.postgres.Identifier;
import dev.pgtrickle.engine.postgres.NewSessionListener;
import dev.pgtrickle.engine.postgres.PinnedSession;
import dev.pgtrickle.engine.postgres.QualifiedName;
import dev.pgtrickle.engine.sql.AnalysisSession;
import dev.pgtrickle.engine.sql.AnalyzedQuery;
import dev.pgtrickle.engine.sql.QueryAnalyzer;
import dev.pgtrickle.engine.sql.QueryText;
import dev.pgtrickle.engine.sql.parser.Bounds;
import dev.pgtrickle.engine.sql.parser.DeepStack;
import dev.pgtrickle.testbed.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Queries as previews understand them, and what PostgreSQL says of their rows. */
final class PlannedQueries implements AutoCloseable {
  private final TestDatabase database;
  private final DatabasePool pool;
  private final Connection connection;
  private final QueryAnalyzer analyzer = new QueryAnalyzer(Bounds.standard());

  private PlannedQueries(TestDatabase database) throws SQLException {
    this.database = database;
    this.pool =
        DatabasePool.open(
            new ConnectionTarget(database.jdbcUrl(), database.user(), ""),
            new PinnedSession(Duration.ofSeconds(20)),
            1,
            NewSessionListener.none());
    this.connection = pool.borrow();
  }

  /** Makes the tables first. */
  static PlannedQueries over(TestDatabase database, String schema) throws SQLException {
    database.execute(schema);
    return new PlannedQueries(database);
  }

  /** Empty for what this build refuses, or what has not one answer. */
  Optional<Operator> plan(String sql) {
    return analyzed(sql).flatMap(PlannedQueries::steady);
  }

  static Optional<Operator> steady(AnalyzedQuery analyzed) {
    return Optional.of(analyzed)
        .filter(SteadyQuery::is)
        .map(query -> DeepStack.call(() -> SteadyQuery.plan(query)));
  }

  Optional<AnalyzedQuery> analyzed(String sql) {
    try {
      return Optional.of(
          analyzer.analyze(
              new QueryText(sql),
              new AnalysisSession(connection, Identifier.of("public"), Optional.empty()),
              RefreshMode.AUTO));
    } catch (TrickleException refused) {
      return Optional.empty();
    }
  }

  Operator planned(String sql) {
    return plan(sql).orElseThrow(() -> new IllegalStateException(sql));
  }

  KnownStreamTable known(String name, String sql) {
    return known(name, planned(sql));
  }

  static KnownStreamTable known(String name, Operator plan) {
    return new KnownStreamTable(QualifiedName.of("public", name), plan);
  }

  /** A table with the rows that the stream table would have; false if its query fails. */
  boolean store(KnownStreamTable table) {
    try {
      database.execute(
          "DROP TABLE IF EXISTS " + table.name().quoted(),
          "CREATE TABLE %s AS %s".formatted(table.name().quoted(), sql(table.plan())));
      return true;
    } catch (SQLException failing) {
      return false;
    }
  }

  /** How the rows of a plan look, each as often as it is there; empty if the query fails. */
  Optional<String> images(Operator plan) {
    return images(sql(plan));
  }

  /** The same for an answer. */
  Optional<String> images(Substitution.Answer answer) {
    return images(new TreeSql().of(answer.tree()));
  }

  static String sql(Operator plan) {
    List<Identifier> names =
        IntStream.range(0, plan.columns().size())
            .mapToObj(index -> Identifier.of("c" + index))
            .toList();
    return DeepStack.call(() -> new QueryUnparser().query(plan, names));
  }

  Optional<String> images(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT count(*) || ' ' || coalesce(md5(string_agg(image, E'\\n' ORDER BY image)), '-')
              FROM (SELECT (q.*)::text COLLATE "C" AS image FROM (%s) AS q) AS images
              """
                  .formatted(sql))) {
        row.next();
        return Optional.of(row.getString(1));
      }
    } catch (SQLException failure) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    pool.close();
  }
}
